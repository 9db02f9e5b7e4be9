// The system calls on files, as musl makes them: what they return is a value or minus an errno.
#pragma once
#include "libc/posix/process_files.hpp"
#include "libc/sys/arguments.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>

namespace posix {

using libc::Arguments;
using libc::pointer;
using libc::to_return;

// descriptors.cpp
long open_at(Arguments const& arguments);
long close(Arguments const& arguments);
long create_pipe(Arguments const& arguments);
long duplicate(Arguments const& arguments);
long duplicate_to(Arguments const& arguments);
long control(Arguments const& arguments);

// file_mappings.cpp
long synchronise_mapping(Arguments const& arguments);
void close_mapped_files();

// record_locks.cpp
long lock_record(OpenFile& file, long command, long argument);
void release_record_locks(OpenFile& file);

// transfer.cpp
long read(Arguments const& arguments);
long write(Arguments const& arguments);
long read_pieces(Arguments const& arguments);
long write_pieces(Arguments const& arguments);
long read_at(Arguments const& arguments);
long write_at(Arguments const& arguments);
long seek(Arguments const& arguments);

// names.cpp
long make_directory_at(Arguments const& arguments);
long make_node_at(Arguments const& arguments);
long unlink_at(Arguments const& arguments);
long rename_at(Arguments const& arguments);
long link_at(Arguments const& arguments);
long make_link_at(Arguments const& arguments);
long read_link_at(Arguments const& arguments);

// directories.cpp
long change_directory(Arguments const& arguments);
long change_directory_to_open(Arguments const& arguments);
long current_directory(Arguments const& arguments);
long list_directory(Arguments const& arguments);

// status.cpp
long attributes_at(Arguments const& arguments);
long attributes_of_open(Arguments const& arguments);
long check_access_at(Arguments const& arguments, long flags);
long truncate(Arguments const& arguments);
long truncate_open(Arguments const& arguments);
long sync_open(Arguments const& arguments);
long sync_all();
long volume_status(Arguments const& arguments);
long volume_status_of_open(Arguments const& arguments);
long system_name(Arguments const& arguments);
long set_mode_mask(Arguments const& arguments);

// attribute_changes.cpp
long change_mode_at(Arguments const& arguments, long flags);
long change_mode_of_open(Arguments const& arguments);
long change_owner_at(Arguments const& arguments);
long change_owner_of_open(Arguments const& arguments);
long change_times_at(Arguments const& arguments);

// terminal.cpp
long device_control(Arguments const& arguments);

// processes.cpp
long fork();
long clone(Arguments const& arguments);
long wait_for_child(Arguments const& arguments);
long process_number();
long parent_number();
long group_of(long process);
long session_of(long process);
long set_group_of(Arguments const& arguments);
long start_session();

// users.cpp
long user_number();
long effective_user_number();
long group_number();
long effective_group_number();
long get_users(Arguments const& arguments);
long get_groups(Arguments const& arguments);
long set_user(Arguments const& arguments);
long set_real_and_effective_user(Arguments const& arguments);
long set_all_users(Arguments const& arguments);
long set_group(Arguments const& arguments);
long set_real_and_effective_group(Arguments const& arguments);
long set_all_groups(Arguments const& arguments);
long get_supplementary_groups(Arguments const& arguments);
long set_supplementary_groups(Arguments const& arguments);
// Files may look otherwise to the real user than to the effective one.
bool has_other_real_user();

// exec.cpp
long execute(Arguments const& arguments);

// signals.cpp
long set_signal_action(Arguments const& arguments);
long change_blocked_signals(Arguments const& arguments);
long pending_signals(Arguments const& arguments);
long suspend_for_signal(Arguments const& arguments);
long set_alternate_stack(Arguments const& arguments);
long send_signal(Arguments const& arguments);
long send_signal_to_thread(long thread, long signal);
long send_signal_to_thread_of(Arguments const& arguments);
long thread_number();

// file_locks.cpp
long lock_file(Arguments const& arguments);

// epoll.cpp
long create_epoll(Arguments const& arguments);
long control_epoll(Arguments const& arguments);
long wait_for_epoll(Arguments const& arguments);
long create_event_counter(Arguments const& arguments);

// poll.cpp
long poll_files(Arguments const& arguments);
long select_files(Arguments const& arguments);

// timers.cpp
long set_interval_timer(Arguments const& arguments);
long get_interval_timer(Arguments const& arguments);

// What `action` returns for the open file behind a descriptor.
template <class Action>
long with_file(long descriptor, Action action)
{
    auto const file = process_files().table().find(descriptor);
    return file ? action(*file) : -EBADF;
}

}  // namespace posix
