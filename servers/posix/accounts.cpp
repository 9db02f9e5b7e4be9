#include "servers/posix/accounts.hpp"

namespace posix {
namespace {

constexpr std::uint64_t account_handle_slots = 256;

// What is reserved for the superuser, and of the rest for those who are not this one user.
constexpr std::uint64_t without_reserve(std::uint64_t bytes) { return bytes / 8 * 7; }
constexpr std::uint64_t without_others(std::uint64_t bytes) { return bytes / 4 * 3; }

// A part of the payer's, as far as that has it.
Result<SharedAccount> part_of(Account const& payer, std::uint64_t bytes, UserNumber user)
{
    auto const pages = bytes / abi::page_size * abi::page_size;
    auto process = TRY(sys::process_create({.payer = payer.process.value(),
                                            .quota_bytes = pages,
                                            .handle_slots = account_handle_slots,
                                            .flags = abi::process_draws}));
    return SharedAccount::make({user, pages, std::move(process)});
}

// What is to be free before another one comes. Those that came last have not touched all yet that
// they are going to.
constexpr std::uint64_t room_of_process(std::uint64_t bytes) { return bytes / 16; }

bool has_room(Account const& account)
{
    auto const books = sys::process_info(account.process.value());
    return books && books->quota_bytes - books->used_bytes >= room_of_process(account.bytes);
}

}  // namespace

Result<Accounts> Accounts::create(std::uint64_t bytes)
{
    auto process =
        TRY(sys::process_create({.quota_bytes = bytes, .handle_slots = account_handle_slots}));
    auto all = TRY(SharedAccount::make({User::superuser, bytes, std::move(process)}));
    auto users = TRY(part_of(*all, without_reserve(bytes), User::superuser));
    return Accounts{std::move(all), std::move(users)};
}

Result<SharedAccount> Accounts::make(UserNumber user) const
{
    return part_of(*users_, without_others(users_->bytes), user);
}

// What one draws on may have less than itself.
bool Accounts::has_room_for_process(Account const& account) const
{
    bool const draws_on_users = account.user != User::superuser;
    return has_room(account) && (!draws_on_users || has_room(*users_)) && has_room(*all_);
}

}  // namespace posix
