// Programs that run in the background.
#pragma once
#include "generated/interfaces/loader.hpp"
#include "userland/rescue/text_buffer.hpp"
#include <array>

namespace rescue {

struct Job {
    std::uint32_t id{};  // 0: no job
    Child child{};
    TextBuffer<40> name{};
};

class Jobs {
public:
    static constexpr std::size_t capacity = 16;

    // Errors: no_memory - too many
    Result<> add(std::uint32_t id, std::string_view name, Child child);

    Job* find(std::uint32_t id);

    auto begin() { return jobs_.begin(); }
    auto end() { return jobs_.end(); }

private:
    std::array<Job, capacity> jobs_;
};

inline Result<> Jobs::add(std::uint32_t id, std::string_view name, Child child)
{
    Job* const job = find(0);
    if (job == nullptr)
        return fail(Status::no_memory);
    job->id = id;
    job->child = std::move(child);
    job->name.assign(name);
    return {};
}

inline Job* Jobs::find(std::uint32_t id)
{
    for (Job& job : jobs_)
        if (job.id == id)
            return &job;
    return nullptr;
}

}  // namespace rescue
