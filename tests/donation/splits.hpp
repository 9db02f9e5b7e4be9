// How the time in the file server and in the disk's driver divides into their own and what callers
// lent them, from the books that `ps` prints.
#pragma once
#include "generated/interfaces/loader.hpp"
#include "lib/sys/log.hpp"
#include <array>

struct Split {
    std::uint64_t own_cycles{};
    std::uint64_t lent_cycles{};
    std::uint64_t events{};  // how often its pool ran on its own slice
};

class Splits {
public:
    static Result<Splits> now(Loader const& loader)
    {
        Splits splits;
        for (std::size_t i = 0; i < watched.size(); ++i)
            splits.of_[i] = TRY(split_of(loader, watched[i]));
        return splits;
    }

    // "DONATION read fs own 600 lent 22439000 events 1", and the same for each of the others.
    static void log(std::string_view what, Splits const& before, Splits const& after)
    {
        for (std::size_t i = 0; i < watched.size(); ++i)
            sys::log("DONATION ", what, " ", watched[i], " own ",
                     after.of_[i].own_cycles - before.of_[i].own_cycles, " lent ",
                     after.of_[i].lent_cycles - before.of_[i].lent_cycles, " events ",
                     after.of_[i].events - before.of_[i].events);
    }

private:
    static constexpr std::array<std::string_view, 2> watched{"fs", "virtio-blk"};

    static Result<Split> split_of(Loader const& loader, std::string_view name)
    {
        for (std::uint32_t index = 0;; ++index) {
            auto const row = TRY(loader.books(index));
            if (row.name == name)
                return Split{row.own_cycles, row.lent_cycles, row.events};
        }
    }

    std::array<Split, watched.size()> of_{};
};
