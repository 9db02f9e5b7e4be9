/* A model of lib/ring: two ends, and memory in which stores may come late.
 *
 * Found wrong would be: an item that is lost, doubled, out of order or half written (the assertions),
 * and a wake-up that is lost (an end that sleeps for ever is an invalid end state).
 *
 * A store goes to the buffer of its hart, where it may stay while later loads and stores of other
 * variables go past it; that is what RVWMO allows. A fence waits until the buffer is empty, a release
 * store until the stores before it have left. A buffer holds one store of each variable.
 *
 * BROKEN: NO_DOUBLE_CHECK NO_FENCE_BEFORE_CHECK NO_FENCE_BEFORE_WAKE NO_RELEASE LATE_PRODUCER_WAKE
 * Each of these takes one precaution out, and has to be found wrong.
 */
#define CAPACITY 2
#define MODULUS_MASK 7 /* counters are modulo 8, so that they go round */
#define ITEMS 6

/* struct Control and the slots, as all harts see them. */
byte slot[CAPACITY];
byte produced, consumed;
bit producer_waits, consumer_waits;

/* The notifications: who waits takes the bit. */
bit room_bit, items_bit;

/* Store buffers: what is on its way. */
byte late_slot[CAPACITY], late_produced, late_consumed;
bit late_producer_waits, late_consumer_waits;
bit slot_is_late[CAPACITY], produced_is_late, consumed_is_late;
bit producer_waits_is_late, consumer_waits_is_late;

#define PRODUCER_BUFFER_EMPTY \
    (!slot_is_late[0] && !slot_is_late[1] && !produced_is_late && !producer_waits_is_late)
#define CONSUMER_BUFFER_EMPTY (!consumed_is_late && !consumer_waits_is_late)

#define STORE(variable, value) \
    atomic { !variable##_is_late -> late_##variable = value; variable##_is_late = 1 }

#define ARRIVES(variable) \
    variable##_is_late -> variable = late_##variable; variable##_is_late = 0

active proctype producer_stores()
{
end:
    do
    :: atomic { slot_is_late[0] -> slot[0] = late_slot[0]; slot_is_late[0] = 0 }
    :: atomic { slot_is_late[1] -> slot[1] = late_slot[1]; slot_is_late[1] = 0 }
    :: atomic { ARRIVES(produced) }
    :: atomic { ARRIVES(producer_waits) }
    od
}

active proctype consumer_stores()
{
end:
    do
    :: atomic { ARRIVES(consumed) }
    :: atomic { ARRIVES(consumer_waits) }
    od
}

#ifdef NO_FENCE_BEFORE_WAKE
#define FENCE_BEFORE_WAKE(buffer_empty) skip
#else
#define FENCE_BEFORE_WAKE(buffer_empty) buffer_empty
#endif

#ifdef NO_FENCE_BEFORE_CHECK
#define FENCE_BEFORE_CHECK(buffer_empty) skip
#else
#define FENCE_BEFORE_CHECK(buffer_empty) buffer_empty
#endif

/* End::take_flag(), and Link::wake_peer() if it is true. */
inline take_flag_and_wake(flag, bit_of_peer, buffer_empty)
{
    FENCE_BEFORE_WAKE(buffer_empty);
    if
    :: !flag
    :: flag ->
        atomic {
            if
            :: flag -> flag = 0; wanted = 1
            :: !flag -> wanted = 0
            fi
        }
        if
        :: wanted -> bit_of_peer = 1
        :: !wanted
        fi
    fi
}

active proctype producer()
{
    byte position, next = 1, room, count;
    bit wanted, impatient = 1;

    do
    :: next > ITEMS -> break
    :: next <= ITEMS ->
        room = CAPACITY - ((position - consumed) & MODULUS_MASK); /* ProducerEnd::room() */
        if
        :: room > 0 -> /* Producer::try_put() */
            count = 0;
            do
            :: count < room && next + count <= ITEMS -> /* Slots::write() */
                atomic {
                    !slot_is_late[(position + count) % CAPACITY] ->
                    late_slot[(position + count) % CAPACITY] = next + count;
                    slot_is_late[(position + count) % CAPACITY] = 1
                };
                count++
            :: count > 0 -> break
            od;
            atomic { next = next + count; position = (position + count) & MODULUS_MASK };
            /* ProducerEnd::publish() */
#ifndef NO_RELEASE
            !slot_is_late[0] && !slot_is_late[1];
#endif
            STORE(produced, position);
            take_flag_and_wake(consumer_waits, items_bit, PRODUCER_BUFFER_EMPTY)
        :: room == 0 -> /* Producer::wait_for_room() */
            STORE(producer_waits, 1); /* ProducerEnd::begin_wait() */
            FENCE_BEFORE_CHECK(PRODUCER_BUFFER_EMPTY);
#ifndef NO_DOUBLE_CHECK
            room = CAPACITY - ((position - consumed) & MODULUS_MASK);
#endif
            if
            :: room > 0
            :: room == 0 -> /* Link::wait() */
                if
                :: atomic { room_bit -> room_bit = 0 }
                :: impatient -> impatient = 0 /* its deadline has passed; it tries again */
                fi
            fi;
            STORE(producer_waits, 0) /* ProducerEnd::end_wait() */
        fi
    od
}

active proctype consumer()
{
    byte position, expected = 1, seen, available, count;
    bit wanted, impatient = 1;

    do
    :: expected > ITEMS -> break
    :: expected <= ITEMS ->
        atomic { /* ConsumerEnd::available(): one load */
            seen = produced;
            available = (seen - position) & MODULUS_MASK
        };
        assert(available <= CAPACITY);
        if
        :: available > 0 -> /* Consumer::try_take() */
            count = 0;
            do
            :: count < available -> /* Slots::read() */
                assert(slot[(position + count) % CAPACITY] == expected);
                expected++;
                count++
            :: count > 0 -> break
            od;
            position = (position + count) & MODULUS_MASK;
            STORE(consumed, position); /* ConsumerEnd::release() */
            if
#ifdef LATE_PRODUCER_WAKE
            :: ((seen - position) & MODULUS_MASK) > 0
            :: ((seen - position) & MODULUS_MASK) == 0 && available == CAPACITY ->
#else
            :: ((seen - position) & MODULUS_MASK) > CAPACITY / 2
            :: ((seen - position) & MODULUS_MASK) <= CAPACITY / 2 ->
#endif
                take_flag_and_wake(producer_waits, room_bit, CONSUMER_BUFFER_EMPTY)
#ifdef LATE_PRODUCER_WAKE
            :: else
#endif
            fi
        :: available == 0 -> /* Consumer::wait_for_items() */
            STORE(consumer_waits, 1); /* ConsumerEnd::begin_wait() */
            FENCE_BEFORE_CHECK(CONSUMER_BUFFER_EMPTY);
#ifndef NO_DOUBLE_CHECK
            atomic { seen = produced; available = (seen - position) & MODULUS_MASK };
#endif
            if
            :: available > 0
            :: available == 0 -> /* Link::wait() */
                if
                :: atomic { items_bit -> items_bit = 0 }
                :: impatient -> impatient = 0
                fi
            fi;
            STORE(consumer_waits, 0) /* ConsumerEnd::end_wait() */
        fi
    od
}
