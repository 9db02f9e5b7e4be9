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

}  // namespace posix
