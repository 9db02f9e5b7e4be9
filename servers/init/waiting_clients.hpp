// The programs that wait until what they use is served again.
#pragma once
#include "generated/interfaces/init.hpp"
#include "generated/interfaces/system.hpp"
#include "lib/sys/later.hpp"
#include <array>
#include <optional>

namespace init {

class WaitingClients {
public:
    static constexpr std::size_t capacity = 64;

    // Takes the call that is being served; its answer comes later. Errors: busy - too many wait
    Result<> add(Program::Use::View const& use)
    {
        for (auto& entry : entries_) {
            if (entry)
                continue;
            entry.emplace(use, TRY(sys::take_reply<Init::FindCall>()));
            return {};
        }
        return fail(Status::busy);
    }

    // Answers each with what `find(use)` says; `busy` leaves it waiting.
    template <class Find>
    void answer(Find const& find)
    {
        for (auto& entry : entries_) {
            if (!entry)
                continue;
            auto found = find(entry->use);
            if (!found && found.error() == Status::busy)
                continue;
            entry->reply.send(std::move(found));
            entry.reset();
        }
    }

private:
    struct Entry {
        Program::Use::View use;
        sys::Reply<Init::FindCall> reply;
    };
    std::array<std::optional<Entry>, capacity> entries_;
};

}  // namespace init
