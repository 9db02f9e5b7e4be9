#include "tests/hostile/shapes.hpp"

namespace hostile {

using enum Kind;

constinit std::array<Shape, abi::syscall_count> const shapes{{
    {handle, header, small, number, small, address, handle},  // call
    {small, header, small, number},                           // reply
    {},                                                       // detach
    {handle, header, small, number},                          // complete
    {own_or, small, small, address, length},                  // lease_read
    {own_or, small, small, address, length},                  // lease_write
    {handle},                                                 // close
    {handle, rights},                                         // duplicate
    {},                                                       // notification_create
    {handle, bits},                                           // signal
    {handle, deadline, small},                                // wait
    {handle},                                                 // poll
    {handle, bit, deadline, period},                          // arm
    {handle, handle, number},                                 // bind
    {service, small, small, period, small},                   // pool_create
    {handle, number},                                         // endpoint_create
    {handle},                                                 // revoke
    {small, small, handle},                                   // memory_create
    {own_or, handle, page, small, small, protection, none},   // map
    {own_or, page, small},                                    // unmap
    {own_or, page, small, protection},                        // protect
    {handle, handle, small},                                  // memory_dma_address
    {handle},                                                 // memory_size
    {own_or, quota, slots, small, small},                     // process_create
    {handle, handle, rights},                                 // process_grant
    {handle, small},                                          // process_kill
    {own_or, address},                                        // process_info
    {own_or, handle, bits},                                   // process_watch
    {own_or, plan},                                           // thread_create
    {},                                                       // thread_exit
    {small},                                                  // exit
    {},                                                       // yield
    {handle, small, handle, bits},                            // interrupt_create
    {handle},                                                 // interrupt_complete
    {handle, address, small},                                 // device_memory_create
    {handle},                                                 // dma_space_create
    {handle, address, length},                                // log
    {handle, small},                                          // power
    {handle, address},                                        // kernel_info
    {},                                                       // nop
    {address, small, deadline, own_or},                       // futex_wait
    {address, small},                                         // futex_wake
    {own_or, handle},                                         // fault_handler
    {handle, small, small},                                   // memory_clone
    {own_or, handle},                                         // space_clone
    {handle, small, handle, small, small, small},             // memory_supply
    {handle, small, small},                                   // memory_discard
    {handle, small, small, small},                            // memory_allow_writes
    {handle},                                                 // interrupt
    {handle, schedule},                                       // schedule
    {small},                                                  // charge_caller
    {handle, bits, small},                                    // upcall
    {small},                                                  // upcall_return
    {own_or, handle},                                         // handles_clone
}};

}  // namespace hostile
