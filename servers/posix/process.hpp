// Process: one POSIX process, from its birth to its parent's wait, whatever kernel processes it is
// meanwhile: each program that it becomes is a new one.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "lib/program/process_builder.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/later.hpp"
#include "servers/posix/accounts.hpp"
#include "servers/posix/alarm.hpp"
#include "servers/posix/cpu_limit.hpp"
#include "servers/posix/limits.hpp"
#include "servers/posix/process_facts.hpp"
#include "servers/posix/process_timer.hpp"
#include "servers/posix/program.hpp"
#include "servers/posix/service.hpp"
#include "servers/posix/signal_queue.hpp"
#include "servers/posix/system_directory.hpp"
#include "servers/posix/user.hpp"
#include <memory>
#include <optional>
#include <vector>

namespace posix {

class TerminalCore;

// What children get from their parent.
struct Membership {
    ProcessNumber group{};
    ProcessNumber session{};
    TerminalCore* terminal{};  // that controls the session; may be none
};

class Process final : public TreeDirectory<Posix::Server> {
public:
    // One that runs nothing yet; nobody's child. Errors: would_block (there are too many),
    // no_memory, no_handles
    static Result<Process*> create(Service& service);

    ProcessNumber number() const { return number_; }
    Membership const& membership() const { return membership_; }
    bool ignores(Signal signal) const { return (ignored_ & set_of(signal)) != 0; }
    ProcessNumber parent() const { return parent_; }
    void set_terminal(TerminalCore* terminal) { membership_.terminal = terminal; }

    // As the first process of a session that the console controls. Errors: as Posix.prepare
    Result<> start(SharedUser user, Program const& program,
                   codec::List<std::string_view> arguments);
    void tell_end(sys::Reply<PosixSystem::RunCall> reply) { run_ = std::move(reply); }
    // One that could not be started.
    void drop();

    // Its kernel process may have ended.
    void check_end();

    // A thread of the process that a signal is for; else it is for any, and goes to the first one.
    struct Receiver {
        std::int32_t thread = 0;
        sys::HandleValue handle = 0;
    };
    // False: it was not sent, or has no details.
    bool receive(Signal signal, SignalDetails const& details, Receiver receiver);
    void receive(Signal signal, SignalDetails const& details = by_kernel)
    {
        (void)receive(signal, details, {});
    }

    std::string_view name() const { return title_.name; }
    std::string_view command_line() const { return title_.command_line; }
    ProcessFacts facts() const;
    bool is_alive() const { return state_ != State::ended; }
    Limits const& limits() const { return limits_; }
    std::uint64_t used_nanoseconds() const;  // of CPU time

    Result<File> open_place(Place const& place, OpenMode mode, Access access) override;

    // What the process itself calls.
    Result<std::int32_t> fork(std::uint64_t entry, std::uint64_t stack_pointer,
                              std::uint64_t thread_pointer, std::uint64_t global_pointer,
                              std::uint64_t message_buffer) override;
    Result<> prepare(std::string_view path, std::uint32_t argument_count,
                     std::uint32_t environment_count, std::uint32_t string_bytes,
                     sys::LeaseIn text) override;
    Result<> become(std::uint64_t pending) override;
    Result<Ended> wait(std::int32_t which, std::uint32_t options) override;
    Result<> send(std::int32_t which, std::uint32_t signal) override;
    Result<Identity> identity(std::int32_t number) override;
    Result<> set_group(std::int32_t number, std::int32_t group) override;
    Result<std::int32_t> new_session() override;
    Result<> ignore_signals(std::uint64_t ignored, bool forget_children, bool only_ends) override;
    Result<Thread> thread() override;
    Result<> stop(std::uint32_t signal, bool was_sent) override;
    Result<> pause() override;
    Result<SignalDetails> signal_details(std::uint32_t signal, std::int32_t thread) override;
    Result<> send_queued(std::int32_t process, std::uint32_t signal,
                         SignalDetails const& details) override;
    Result<> end_waits() override;
    Result<std::uint64_t> begun() override { return sent_since_prepare_; }
    Result<Timer> set_timer(std::uint64_t remaining, std::uint64_t interval,
                            std::uint32_t kind) override;
    Result<Timer> timer(std::uint32_t kind) override;
    Result<std::int32_t> create_timer(std::uint32_t signal, std::uint64_t value,
                                      bool has_number_as_value, bool counts_cpu_time,
                                      std::int32_t thread, Thread receiver) override;
    Result<Timer> arm_timer(std::int32_t number, TimerSetting const& setting) override;
    Result<Timer> timer_state(std::int32_t number) override;
    Result<std::uint32_t> timer_overrun(std::int32_t number) override;
    Result<> delete_timer(std::int32_t number) override;
    Result<std::uint64_t> new_memory() override { return service_.shared_waits.new_memory(); }
    Result<Posix::WaitSharedResults> wait_shared(SharedWord const& word, std::uint64_t wakes,
                                                 std::uint64_t deadline,
                                                 std::int32_t owner) override;
    Result<std::uint32_t> wake_shared(SharedWord const& word, std::uint32_t count) override;
    Result<bool> has_ended(std::int32_t process) override;
    Result<TimerFile> timer_file(std::uint32_t clock) override;
    Result<Credentials> credentials() override;
    Result<Directory> set_credentials(Credentials const& wanted) override;
    Result<std::uint32_t> groups(sys::LeaseOut buffer) override;
    Result<Directory> set_groups(codec::List<std::uint32_t> groups) override;
    Result<Directory> real_root() override;
    Result<> lock_record(RecordLock const& wanted, bool waits) override;
    Result<> unlock_record(RecordLock const& range) override;
    Result<RecordLock> record_obstacle(RecordLock const& wanted) override;
    Result<> release_records(std::uint32_t volume, std::uint64_t inode) override;
    Result<ResourceLimit> limit(std::int32_t process, std::uint32_t resource) override;
    Result<> set_limit(std::int32_t process, std::uint32_t resource, std::uint64_t soft,
                       std::uint64_t hard) override;
    Result<Usage> usage() override;
    Result<std::int32_t> niceness(PriorityOf which, std::int32_t who) override;
    Result<> set_niceness(PriorityOf which, std::int32_t who, std::int32_t niceness) override;
    Result<Posix::PipeResults> pipe() override;
    Result<File> open_fifo(std::string_view path, Access access, bool non_blocking) override;
    Result<File> event_counter(std::uint64_t initial, bool counts_down) override;
    Result<Machine> machine() override;
    void closed() override { delete this; }

private:
    static constexpr std::uint32_t most_priority = 10;  // of programs
    static constexpr std::size_t most_timers = 32;
    static constexpr SignalDetails by_kernel{.code = signal_code::by_kernel};

    enum class State { running, stopped, ended };

    struct WaitingForChild {
        sys::Reply<Posix::WaitCall> reply;
        ProcessNumber which;
        std::uint32_t options;
    };

    Process(Service& service, ProcessNumber number) : service_{service}, number_{number} {}
    ~Process() = default;

    SystemTree tree() const override;
    Result<Directory> open_directory_place(Place const& place) override;
    Result<File> open_device(std::string_view name, Access access);

    Result<SharedAccount> account_for(User const& user) const;
    sys::ProcessRequest kernel_process(Account const& account) const;
    bool may_fork() const;
    std::uint32_t priority() const;
    std::uint32_t crowded_priority(UserNumber user) const;
    void apply_priority() const;
    void settle_crowd(UserNumber user, std::uint32_t priority_before) const;
    bool is_chosen(PriorityOf which, std::int32_t who, Process const& caller) const;
    void set_own_niceness(std::int32_t niceness);
    Result<Process*> find_own(std::int32_t number);
    Result<> watch(sys::HandleValue process) const;
    Result<> grant_common_servers(program::ProcessBuilder& builder);
    Result<> name_common_servers(program::ProcessBuilder& builder) const;
    static Result<> map_image(program::ProcessBuilder& builder, SharedImage const& image);
    void replace_kernel_process(program::Started started);

    Result<Directory> become_user(Credentials const& credentials,
                                  std::span<GroupNumber const> groups);
    Result<SharedUser> user_of(Attributes const& program, bool& is_changed) const;
    bool may_signal(Process const& target, Signal signal) const;

    Result<> clone_into(Process& child, abi::ThreadParameters parameters) const;
    static Result<> put_prefix(program::ProcessBuilder& builder, Program const& program,
                               program::TextSizes& sizes);

    void end(WaitStatus status, std::uint64_t cycles);
    void leave_account();
    void leave_children();
    void tell_parent();
    void reap();

    bool is_child_of(ProcessNumber parent) const { return parent_ == parent; }
    bool is_meant_by(ProcessNumber which, ProcessNumber own_group) const;
    bool has_news(std::uint32_t options) const;
    Process* child_with_news(ProcessNumber which, std::uint32_t options, bool& has_any) const;
    Ended take_news();
    void offer(Process& child);
    void end_vain_waits();
    Result<Alarm*> alarm_of(std::uint32_t kind);
    Result<ProcessTimer*> find_timer(std::int32_t number);
    void drop_timers();

    SignalDetails child_details() const;
    SignalDetails details_of_own(std::int32_t code) const;
    void count_cycles_of(Process const& child);
    void interrupt_waits();

    Service& service_;
    ProcessNumber const number_;
    ProcessNumber parent_ = server_number;
    Membership membership_;
    State state_ = State::running;

    ProcessTitle title_;
    ProcessTitle prepared_title_;
    sys::Ticks const started_ = sys::now();
    mutable RecentUse recent_use_;
    std::uint64_t children_cycles_ = 0;
    std::uint64_t former_cycles_ = 0;  // of programs that it was before

    program::Started kernel_;        // none of an ended process
    Posix door_;                     // what the process calls us through: endpoint of this object
    sys::HandleValue door_value_{};  // in the process
    SharedUser user_;
    SharedAccount account_;  // none of an ended process
    SharedImage image_;      // of what it runs; may be none
    Limits limits_;
    std::int32_t niceness_ = 0;
    std::array<sys::HandleValue, common_server_count> common_values_{};  // 0: there is none
    std::optional<program::ProcessBuilder> prepared_;
    File prepared_file_;
    SharedImage prepared_image_;
    SharedUser prepared_user_;
    SharedAccount prepared_account_;

    SignalSet ignored_ = ignored_by_default;
    SignalSet sent_since_prepare_ = 0;  // or since the fork
    SignalQueue signal_queue_;
    bool stop_is_due_ = false;  // a signal that stops was sent, and SIGCONT was not since
    bool forgets_children_ = false;
    bool only_ends_ = false;
    // As <sys/time.h> numbers them.
    std::array<Alarm, 3> alarms_{{{service_, *this, alarm, false},
                                  {service_, *this, own_time_alarm, true},
                                  {service_, *this, profiling_alarm, true}}};
    std::vector<std::unique_ptr<ProcessTimer>> timers_;  // by number; null: deleted
    CpuLimit cpu_limit_{service_, *this};
    WaitStatus news_ = 0;  // what the parent was not told yet
    bool has_news_ = false;
    std::uint64_t cycles_ = 0;  // its own at its end, and those of children that were waited for

    std::vector<WaitingForChild> waiting_;  // a thread each
    std::optional<sys::Reply<Posix::StopCall>> stopped_;
    std::vector<sys::Reply<Posix::PauseCall>> paused_;
    std::optional<sys::Reply<PosixSystem::RunCall>> run_;
};

}  // namespace posix
