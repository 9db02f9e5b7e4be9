// Calls from generated clients to generated servers.
#include "tests/unit/codec/sample_server.hpp"
#include <gtest/gtest.h>

namespace {

class Calls : public testing::Test {
protected:
    ~Calls() override
    {
        client = {};
        EXPECT_EQ(kernel.live_handles(), 0u) << "handles were lost";
        EXPECT_EQ(kernel.stale_closes, expected_stale_closes);
    }

    std::size_t expected_stale_closes = 0;
    Loopback kernel;
    SampleServer server{kernel};
    Extended client{kernel.endpoint(server)};
};

TEST_F(Calls, an_empty_call_is_the_short_form)
{
    EXPECT_TRUE(client.nothing());
    EXPECT_EQ(kernel.call.registers.header, 0u);
    EXPECT_EQ(kernel.call.registers.label, 0xf4c6d0b193750000u);
    EXPECT_EQ(kernel.reply.registers.header, 0u);
}

TEST_F(Calls, small_structs_travel_in_registers)
{
    EXPECT_EQ(client.add(-3, 10).value(), 7);
    EXPECT_EQ(kernel.call.registers.header, 0u);
    EXPECT_EQ(kernel.call.registers.words[0], 0x0000000afffffffdu);
}

TEST_F(Calls, a_struct_too_large_for_registers_takes_the_buffer)
{
    Scalars scalars{.flag = true, .large = 1, .exact = 3.5, .color = Color::red};
    EXPECT_EQ(client.scalars(scalars).value(), scalars);
    EXPECT_EQ(kernel.call.words.size(), 7u);
    EXPECT_EQ(client.scalars({}).value(), Scalars{});
    EXPECT_EQ(kernel.call.words[3], 0u) << "defaults are zero on the wire";
}

TEST_F(Calls, texts_outlive_the_calls_that_the_server_makes)
{
    EXPECT_EQ(client.join("left ", "right").value(), "left right");
    EXPECT_EQ(client.join("", "").value(), "");
}

TEST_F(Calls, a_method_may_return_what_it_was_given)
{
    EXPECT_EQ(client.join("left", "").value(), "left");
}

TEST_F(Calls, what_a_call_returned_can_be_sent_on)
{
    auto first = client.join("one", "two").value();
    EXPECT_EQ(client.join(first, first).value(), "onetwoonetwo");
    EXPECT_EQ(client.relay("three").value(), "three, relayed") << "also by a server";
}

TEST_F(Calls, lists_are_read_in_place)
{
    std::uint64_t const values[] = {1, 2, 3, 40};
    auto result = client.sum(values).value();
    EXPECT_EQ(result.total, 46u);
    EXPECT_EQ(result.count, 4u);
}

TEST_F(Calls, a_message_that_is_too_large_is_not_sent)
{
    std::uint64_t const values[64] = {};
    EXPECT_EQ(client.sum(values).error(), Status::too_large);
    EXPECT_EQ(kernel.call_count, 0u);
    EXPECT_TRUE(client.sum(std::span{values}.first(61)));
}

TEST_F(Calls, an_answer_that_is_too_large_says_so)
{
    EXPECT_EQ(client.sample(1).error(), Status::too_large);
    EXPECT_EQ(kernel.reply.registers.header, 0u);
}

TEST_F(Calls, structs_of_everything_arrive_as_they_were_sent)
{
    EXPECT_TRUE(client.sample(0));
    std::string_view const texts[] = {"x", "yz"};
    Everything value{.text = "t", .texts = texts, .leaf = {.number = 3, .name = "n"}};
    auto text = client.describe(value).value();
    EXPECT_NE(text.find("'t'"), text.npos);
    EXPECT_NE(text.find("['x' 'yz' ]"), text.npos);
    EXPECT_NE(text.find("3'n'"), text.npos);
}

TEST_F(Calls, a_method_may_return_a_new_object)
{
    auto counter = client.make(10).value();
    EXPECT_EQ(kernel.call.registers.header, 0x8000u) << "accepts handles";
    EXPECT_EQ(counter.add(5).value(), 15u);
    EXPECT_EQ(counter.add(5000).error(), Status::out_of_range);
}

TEST_F(Calls, capabilities_are_lent_or_given)
{
    CounterServer five{5}, six{6};
    Counter lent{kernel.endpoint(five)};
    Counter given{kernel.endpoint(six)};
    EXPECT_EQ(client.combine(lent, std::move(given)).value(), 11u);
    EXPECT_EQ(kernel.call.handles.size(), 2u);
    EXPECT_EQ(kernel.call.handles[0].rights, 0x81) << "clients call and copy, nothing more";
    EXPECT_EQ(kernel.call.handles[1].move, 1);
    EXPECT_TRUE(lent);
    EXPECT_FALSE(given);
    EXPECT_EQ(client.combine({}, lent).value(), 5u);
    EXPECT_EQ(kernel.call.handles.size(), 1u);
}

TEST_F(Calls, a_given_capability_is_closed_when_the_call_fails)
{
    Counter nobody;
    CounterServer five{5};
    Extended gone{sys::Handle{}};
    EXPECT_EQ(gone.combine(Counter{kernel.endpoint(five)}, nobody).error(), Status::bad_handle);
}

TEST_F(Calls, a_given_capability_is_gone_when_the_server_reports_an_error)
{
    CounterServer five{5};
    Counter good{kernel.endpoint(five)};
    kernel.tamper_reply = [](Captured& reply) { reply.status = Status::io_error; };
    EXPECT_EQ(client.combine(std::move(good), {}).error(), Status::io_error);
    expected_stale_closes = 1;  // the client cannot know; the kernel ignores it
}

TEST_F(Calls, structs_with_capabilities_go_both_ways)
{
    CounterServer one{1};
    Tools tools{.counter = Counter{kernel.endpoint(one)},
                .memory = Memory{kernel.object()},
                .label = "box"};
    auto back = client.tools(std::move(tools)).value();
    EXPECT_EQ(back.label, "box!");
    EXPECT_TRUE(back.memory);
    EXPECT_EQ(back.counter.add(1).value(), 2u);
}

TEST_F(Calls, leases_are_written_and_read)
{
    std::byte buffer[5] = {};
    EXPECT_EQ(client.fill(7, buffer).value(), 5u);
    EXPECT_EQ(std::to_integer<int>(buffer[4]), 11);
    EXPECT_EQ(kernel.call.words.size(), 0u) << "the rest is in registers";
    EXPECT_EQ(client.digest(buffer, "ab").value(), 7u + 8 + 9 + 10 + 11 + 2);
    std::byte target[3];
    EXPECT_TRUE(client.move(std::span{buffer}.first(3), target));
    EXPECT_EQ(std::to_integer<int>(target[2]), 9);
    EXPECT_EQ(client.fill(1, {}).value(), 0u);
}

TEST_F(Calls, a_missing_page_is_touched_and_the_call_repeated)
{
    std::byte buffer[5] = {};
    kernel.missing_pages = 2;
    EXPECT_EQ(client.fill(7, buffer).value(), 5u);
    EXPECT_EQ(kernel.call_count, 3u);
    kernel.missing_pages = 100;
    EXPECT_EQ(client.fill(7, buffer).error(), Status::lease_fault) << "not for ever";
    kernel.missing_pages = 1;
    kernel.memory_is_lost = true;
    EXPECT_EQ(client.fill(7, buffer).error(), Status::lease_fault) << "touching it failed";
}

TEST_F(Calls, only_idempotent_methods_are_repeated_after_a_restart)
{
    server.next_add = Status::restarted;
    EXPECT_EQ(client.add(1, 2).value(), 3);
    EXPECT_EQ(kernel.call_count, 2u);
    kernel.tamper_reply = [](Captured& reply) {
        reply = {};
        reply.status = Status::restarted;
    };
    EXPECT_EQ(client.nothing().error(), Status::restarted);
    EXPECT_EQ(kernel.call_count, 3u);
    EXPECT_EQ(client.add(1, 2).error(), Status::restarted) << "not for ever";
}

TEST_F(Calls, a_service_that_is_there_again_is_asked_again_if_the_method_is_idempotent)
{
    SampleServer second{kernel};
    auto die_once = [this, dead = false](Captured& reply) mutable {
        if (!std::exchange(dead, true))
            reply = {.status = Status::peer_died,
                     .registers = {},
                     .words = {},
                     .handles = {},
                     .leases = {}};
    };
    kernel.tamper_reply = die_once;
    kernel.successor = kernel.endpoint(second).release();
    EXPECT_EQ(client.add(1, 2).value(), 3) << "by the second server";
    EXPECT_EQ(kernel.call_count, 2u);

    kernel.tamper_reply = die_once;
    kernel.successor = kernel.endpoint(server).release();
    EXPECT_EQ(client.nothing().error(), Status::restarted) << "it may have happened";
    EXPECT_TRUE(client.nothing()) << "by the first server again";

    kernel.tamper_reply = die_once;
    EXPECT_EQ(client.add(1, 2).error(), Status::peer_died) << "nobody serves it any more";
}

TEST_F(Calls, a_failure_that_the_interface_does_not_list_is_logged_once_and_says_so)
{
    for (int i = 0; i < 2; ++i) {
        server.next_add = Status::not_found;
        EXPECT_EQ(client.add(1, 2).error(), Status::bad_reply);
        EXPECT_EQ(kernel.reply.status, Status::bad_reply) << "other clients do not get it either";
    }
    ASSERT_EQ(kernel.log.size(), 1u);
    EXPECT_EQ(kernel.log[0],
              "Sample::add fails with \"no entry of that name\", which its interface "
              "does not list");
}

TEST_F(Calls, failures_that_are_listed_or_of_any_call_pass)
{
    for (auto status : {Status::out_of_range, Status::no_memory, Status::peer_died}) {
        server.next_add = status;
        EXPECT_EQ(client.add(1, 2).error(), status);
    }
    EXPECT_TRUE(kernel.log.empty());
}

TEST_F(Calls, a_client_takes_no_failure_that_the_interface_does_not_list)
{
    for (auto status : {Status::not_found, static_cast<Status>(0xdeadbeef)}) {
        kernel.tamper_reply = [status](Captured& reply) {
            reply = {};
            reply.status = status;
        };
        EXPECT_EQ(client.add(1, 2).error(), Status::bad_reply) << "in registers";
        EXPECT_EQ(client.join("a", "b").error(), Status::bad_reply) << "in the buffer";
    }
    EXPECT_TRUE(kernel.log.empty()) << "the peer's mistake";
}

TEST_F(Calls, a_reply_may_come_later)
{
    kernel.while_waiting = [&] { server.waiting->send(9); };
    EXPECT_EQ(client.later(1).value(), 9u);
    kernel.while_waiting = nullptr;
    EXPECT_EQ(client.later(0).value(), 42u) << "or before the method returns";
}

TEST_F(Calls, a_dropped_reply_answers)
{
    kernel.while_waiting = [&] { server.waiting.reset(); };
    EXPECT_EQ(client.later(1).error(), Status::peer_died);
}

TEST_F(Calls, an_extended_interface_has_both_sets_of_methods)
{
    EXPECT_EQ(client.more(4).value(), 5u);
    EXPECT_EQ(kernel.call.registers.label >> 16, 0xa1b5d9e08264u);
    EXPECT_EQ(client.add(4, 4).value(), 8);
    Sample base{kernel.endpoint(server)};
    EXPECT_EQ(base.add(4, 5).value(), 9);
}

TEST(Descriptors, say_what_the_schema_says)
{
    EXPECT_TRUE(Sample::AddCall::idempotent);
    EXPECT_FALSE(Sample::NothingCall::idempotent);
    EXPECT_TRUE(sys::may_fail_with<Sample::AddCall>(Status::out_of_range));
    EXPECT_TRUE(sys::may_fail_with<Sample::AddCall>(Status::peer_died));
    EXPECT_FALSE(sys::may_fail_with<Sample::AddCall>(Status::no_space));
    EXPECT_EQ(limit, 4096u);
    EXPECT_EQ(greeting, "good \"day\"");
}

}  // namespace
