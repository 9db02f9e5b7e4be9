// All processes by number.
#pragma once
#include "lib/base/result.hpp"
#include "servers/posix/types.hpp"
#include <array>
#include <span>

namespace posix {

class Process;

class ProcessTable {
public:
    static constexpr std::size_t capacity = 2048;

    // A number that no process, group or session has. Errors: would_block (there are too many)
    Result<ProcessNumber> new_number();

    // The last ones are the superuser's.
    bool has_room_for_users() const { return count_ < capacity - reserved; }

    // There is room for the process whose number was asked for last.
    void add(Process& process);
    void remove(Process const& process);

    std::size_t size() const { return count_; }
    ProcessNumber latest() const { return last_; }
    std::uint64_t made() const { return made_; }  // since the server's start
    std::size_t running() const;

    // Null if there is none.
    Process* find(ProcessNumber number) const;

    // The one with the lowest number that is `number` or above; null if there is none.
    Process* find_from(ProcessNumber number) const;

    // Calls `visit` for each one, which may remove some; then others may be visited twice.
    template <class Visit>
    void for_each(Visit const& visit) const
    {
        for (std::size_t i = count_; i-- != 0;)  // the last one takes the place of a removed one
            if (i < count_)
                visit(*rows_[i]);
    }

private:
    static constexpr std::size_t reserved = 64;
    static constexpr ProcessNumber last_number = 32766;  // in locks, the next one is nobody

    bool is_used(ProcessNumber number) const;
    std::span<Process* const> used() const { return std::span{rows_}.first(count_); }

    std::array<Process*, capacity> rows_{};
    std::size_t count_ = 0;
    ProcessNumber last_ = server_number;
    std::uint64_t made_ = 0;
};

}  // namespace posix
