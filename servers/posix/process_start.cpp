// How processes begin, and how they become programs.
#include "lib/sys/memory.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>
#include <cstring>
#include <new>

namespace posix {
namespace {

constexpr sys::Rights client_rights = sys::EndpointHandle::passed_rights;

std::uint64_t packed(ProcessNumber number, sys::HandleValue handle)
{
    return static_cast<std::uint64_t>(number) << 32 | handle;
}

}  // namespace

Result<Process*> Process::create(Service& service)
{
    auto const number = TRY(service.processes.new_number());
    auto* const process = new (std::nothrow) Process{service, number};
    if (process == nullptr)
        return fail(Status::no_memory);
    auto door = service.pool.endpoint(*process);
    if (!door) {
        delete process;
        return fail(door.error());
    }
    process->door_ = Posix{*std::move(door)};
    service.processes.add(*process);
    return process;
}

// The last handle of its door goes, so the kernel tells it `closed`.
void Process::drop()
{
    service_.processes.remove(*this);
    kernel_ = {};
    door_ = {};
}

Result<> Process::watch(sys::HandleValue process) const
{
    auto const bit = static_cast<unsigned>(number_) % Service::timer_bit;
    return sys::process_watch(process, service_.events.handle(), std::uint64_t{1} << bit);
}

Result<std::int32_t> Process::fork(std::uint64_t entry, std::uint64_t stack_pointer,
                                   std::uint64_t thread_pointer, std::uint64_t global_pointer,
                                   std::uint64_t message_buffer)
{
    if (!may_fork())
        return fail(Status::would_block);
    auto account = TRY(account_for(*user_));
    if (!service_.accounts.has_room_for_process(*account))
        return fail(Status::no_memory);
    auto const crowded_before = crowded_priority(account->user);
    Process& child = *TRY(create(service_));
    child.parent_ = number_;
    child.membership_ = membership_;
    child.ignored_ = ignored_;
    child.user_ = user_;
    child.account_ = std::move(account);
    child.image_ = image_;
    child.limits_ = limits_;
    child.niceness_ = niceness_;
    child.common_values_ = common_values_;
    child.title_ = title_;
    auto const cloned = clone_into(child, {.entry = entry,
                                           .stack_pointer = stack_pointer,
                                           .thread_pointer = thread_pointer,
                                           .global_pointer = global_pointer,
                                           .message_buffer = message_buffer,
                                           .priority = child.priority()});
    if (!cloned) {
        child.drop();
        return fail(cloned.error());
    }
    child.cpu_limit_.start();
    settle_crowd(child.account_->user, crowded_before);
    return child.number_;
}

Result<> Process::clone_into(Process& child, abi::ThreadParameters parameters) const
{
    auto request = child.kernel_process(*child.account_);
    request.priority_ceiling = most_priority;  // its threads begin as the parent's program did
    child.kernel_.process = TRY(sys::process_create(request));
    auto const target = child.kernel_.process.value();
    TRY(sys::handles_clone(kernel_.process.value(), target));
    child.door_value_ = TRY(sys::process_grant(target, child.door_.value(), client_rights));
    TRY(sys::space_clone(kernel_.process.value(), target));
    TRY(child.watch(target));
    parameters.argument = packed(child.number_, child.door_value_);
    child.kernel_.thread = TRY(sys::thread_create(target, parameters));
    return {};
}

Result<> Process::prepare(std::string_view path, std::uint32_t argument_count,
                          std::uint32_t environment_count, std::uint32_t string_bytes,
                          sys::LeaseIn text)
{
    if (text.size() > program::max_text_bytes)
        return fail(Status::too_large);
    if (string_bytes > text.size() || argument_count == 0)
        return fail(Status::bad_argument);
    auto program = TRY(Program::open(user_->root(), path));
    bool changes_user = false;
    auto const attributes = TRY(program.file().attributes());
    auto user = TRY(user_of(attributes, changes_user));
    auto const pages = sys::pages_for(text.size() + program.prefix().size());
    auto account = TRY(account_for(*user));
    auto builder =
        TRY(program::ProcessBuilder::create(program.name(), kernel_process(*account), pages));

    program::TextSizes sizes{.argument_count = argument_count,
                             .environment_count = environment_count,
                             .string_bytes = string_bytes,
                             .inherited_bytes =
                                 static_cast<std::uint32_t>(text.size() - string_bytes)};
    if (TRY(text.read(0, builder.text())) != text.size())
        return fail(Status::bad_address);
    TRY(put_prefix(builder, program, sizes));
    builder.set_text(sizes);
    builder.set_stack_pages(limits_.soft(Resource::stack) / abi::page_size);
    Credentials const& ids = user->credentials();
    builder.set_users({.real_user = ids.real_user,
                       .user = ids.effective_user,
                       .real_group = ids.real_group,
                       .group = ids.effective_group},
                      changes_user);
    prepared_user_ = std::move(user);
    prepared_account_ = std::move(account);
    prepared_image_ = service_.images.find(program.file(), attributes);
    prepared_title_ = ProcessTitle::of(
        program.name(), {reinterpret_cast<char const*>(builder.text().data()), sizes.string_bytes},
        sizes.argument_count);
    prepared_ = std::move(builder);
    sent_since_prepare_ = 0;
    prepared_file_ = program.take_file();
    return {};
}

// A program may run as its owner. One that does not leaves everything as it is.
Result<SharedUser> Process::user_of(Attributes const& program, bool& is_changed) const
{
    Credentials const& before = user_->credentials();
    Credentials const after = User::running(before, program);
    is_changed = after.effective_user != before.effective_user ||
                 after.effective_group != before.effective_group;
    bool const is_same = !is_changed && after.saved_user == before.saved_user &&
                         after.saved_group == before.saved_group;
    return is_same ? user_ : User::make(service_.root, after, user_->groups());
}

// A script's interpreter takes the place of the first argument.
Result<> Process::put_prefix(program::ProcessBuilder& builder, Program const& program,
                             program::TextSizes& sizes)
{
    auto const prefix = program.prefix();
    if (prefix.empty())
        return {};
    auto* const text = reinterpret_cast<char*>(builder.text().data());
    std::size_t const total = sizes.string_bytes + sizes.inherited_bytes;
    std::size_t const first = std::string_view{text, total}.find('\0') + 1;  // 0: there is no end
    if (first == 0 || first > sizes.string_bytes)
        return fail(Status::bad_argument);
    std::memmove(text + prefix.size(), text + first, total - first);
    prefix.copy(text, prefix.size());
    sizes.string_bytes += static_cast<std::uint32_t>(prefix.size() - first);
    sizes.argument_count += static_cast<std::uint32_t>(program.prefix_count() - 1);
    return {};
}

// What was sent meanwhile is the new program's: the caller's library delivers nothing any more.
Result<> Process::become(std::uint64_t pending)
{
    auto prepared = std::exchange(prepared_, std::nullopt);
    if (!prepared)
        return fail(Status::bad_argument);
    auto& builder = *prepared;
    auto const file = std::move(prepared_file_);
    TRY(sys::handles_clone(kernel_.process.value(), builder.process()));
    TRY(builder.name("posix", door_value_));
    TRY(builder.grant("root", prepared_user_->root().value(), client_rights));
    TRY(name_common_servers(builder));
    TRY(builder.load_from_file(file.value()));
    TRY(map_image(builder, prepared_image_));
    TRY(watch(builder.process()));
    user_ = std::exchange(prepared_user_, {});
    account_ = std::exchange(prepared_account_, {});
    image_ = std::exchange(prepared_image_, {});
    drop_timers();
    replace_kernel_process(TRY(std::move(builder).start(service_.archive)));
    stop_is_due_ = stop_is_due_ || (pending & stopping_by_default) != 0;
    if (SignalSet const signals = pending | sent_since_prepare_; signals != 0)
        (void)sys::upcall(kernel_.thread.value(), signals);
    return {};
}

Result<> Process::grant_common_servers(program::ProcessBuilder& builder)
{
    for (std::size_t i = 0; i < common_values_.size(); ++i)
        if (CommonServer const& server = service_.common_servers[i]; server.handle)
            common_values_[i] =
                TRY(builder.grant(server.name, server.handle.value(), client_rights));
    return {};
}

Result<> Process::name_common_servers(program::ProcessBuilder& builder) const
{
    for (std::size_t i = 0; i < common_values_.size(); ++i)
        if (common_values_[i] != 0)
            TRY(builder.name(service_.common_servers[i].name, common_values_[i]));
    return {};
}

Result<> Process::map_image(program::ProcessBuilder& builder, SharedImage const& image)
{
    if (!image)
        return {};
    builder.set_image();
    return image->map_into(builder.process());
}

// The caller ends in the middle of its call.
void Process::replace_kernel_process(program::Started started)
{
    (void)sys::process_kill(kernel_.process.value(), 0);
    interrupt_waits();  // nobody hears of the answers any more
    if (auto const books = sys::process_info(kernel_.process.value()))
        former_cycles_ += books->own_cycles + books->lent_cycles;
    title_ = std::move(prepared_title_);
    kernel_ = std::move(started);
}

Result<> Process::start(SharedUser user, Program const& program,
                        codec::List<std::string_view> arguments)
{
    user_ = std::move(user);
    account_ = service_.accounts.of_superuser();
    membership_ = {number_, number_, &service_.console->terminal()};
    auto builder = TRY(program::ProcessBuilder::create(program.name(), kernel_process(*account_)));
    door_value_ = TRY(builder.grant("posix", door_.value(), client_rights));
    TRY(builder.grant("root", user_->root().value(), client_rights));
    TRY(grant_common_servers(builder));
    TRY(builder.load_from_file(program.file().value()));
    image_ = service_.images.find(program.file(), TRY(program.file().attributes()));
    TRY(map_image(builder, image_));
    title_ = ProcessTitle::of(program.name(), {}, 0);
    for (std::string_view const argument : arguments) {
        TRY(builder.add_argument(argument));
        title_.command_line.append(argument).push_back('\0');
    }
    TRY(watch(builder.process()));
    kernel_ = TRY(std::move(builder).start(service_.archive));
    service_.console->terminal().begin_session(number_);
    return {};
}

}  // namespace posix
