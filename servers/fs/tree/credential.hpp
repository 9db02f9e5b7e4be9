// Credential: who asks. A directory's capability stands for one, whatever its holder claims.
#pragma once
#include "lib/base/result.hpp"
#include "servers/fs/tree/node.hpp"
#include <array>
#include <span>

namespace fs {

class Credential {
public:
    static constexpr std::size_t most_groups = 32;
    static constexpr std::uint32_t superuser = 0;
    static constexpr std::uint32_t no_number = 0xffff'ffff;

    Credential() = default;  // the superuser's
    // At most `most_groups` of them.
    Credential(std::uint32_t user, std::uint32_t group, std::span<std::uint32_t const> groups);

    // Of whom it is only known that he is not the owner of anything.
    static Credential nobody() { return {no_number, no_number, {}}; }

    std::uint32_t user() const { return user_; }
    std::uint32_t group() const { return group_; }
    bool is_superuser() const { return user_ == superuser; }
    bool is_in(std::uint32_t group) const;
    bool owns(Ownership const& node) const { return is_superuser() || user_ == node.owner; }

private:
    std::uint32_t user_ = superuser;
    std::uint32_t group_ = 0;
    std::size_t group_count_ = 0;
    std::array<std::uint32_t, most_groups> groups_{};
};

// Bits of one digit of a mode.
using Permissions = unsigned;
inline constexpr Permissions may_search = 1;
inline constexpr Permissions may_execute = 1;
inline constexpr Permissions may_write = 2;
inline constexpr Permissions may_read = 4;

// Errors: access_denied.
Result<> check_permission(Credential const& who, Ownership const& node, Permissions wanted);

// Whether a name of a node can be taken out of a directory, beyond the right to write that: where
// the directory is sticky, only by the owner of one of the two. Errors: not_permitted.
Result<> check_sticky(Credential const& who, Ownership const& directory, Ownership const& node);

// What a new node is, in a directory whose group it may inherit.
Ownership ownership_of_new(Credential const& who, Ownership const& directory, Mode mode);

// Makes the change what `who` may do, and what it entails. Errors: not_permitted, access_denied.
Result<> check_change(Credential const& who, Ownership const& node, AttributeChange& change,
                      bool to_chosen_times);

// The mode after somebody has written into the file: his work does not run as another.
Mode mode_after_write(Credential const& who, Mode mode);

}  // namespace fs
