#include "servers/posix/limits.hpp"
#include <utility>

namespace posix {

Limits::Limits()
{
    auto const usual = [this](Resource resource, Limit limit) {
        limits_[std::to_underlying(resource)] = limit;
    };
    usual(Resource::stack, {usual_stack_bytes, no_limit});
    usual(Resource::core_file, {0, no_limit});
    usual(Resource::processes, {most_processes, most_processes});
    usual(Resource::descriptors, {most_descriptors, most_descriptors});
    for (Resource const never : {Resource::locked_memory, Resource::message_queues,
                                 Resource::niceness, Resource::real_time_priority})
        usual(never, {0, 0});
}

Result<Limit> Limits::of(std::uint32_t resource) const
{
    if (resource >= resource_count)
        return fail(Status::bad_argument);
    return limits_[resource];
}

// Nobody gets more descriptors than there is room for.
Result<> Limits::set(std::uint32_t resource, Limit limit, bool is_superuser)
{
    if (resource >= resource_count || limit.soft > limit.hard)
        return fail(Status::bad_argument);
    bool const may_raise = is_superuser && resource != std::to_underlying(Resource::descriptors);
    if (limit.hard > limits_[resource].hard && !may_raise)
        return fail(Status::not_permitted);
    limits_[resource] = limit;
    return {};
}

}  // namespace posix
