// Old clients talk to new servers, and new clients to old servers.
#include "generated/tests/unit/codec/newer.hpp"
#include "generated/tests/unit/codec/older.hpp"
#include "tests/unit/codec/loopback.hpp"
#include <gtest/gtest.h>
#include <string>

namespace {

class OldServer final : public OldService::Server {
public:
    explicit OldServer(Loopback& kernel) : kernel_{kernel} {}

    Result<std::uint64_t> flat(std::uint64_t value) override { return value; }
    Result<std::uint64_t> wide(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                               std::uint64_t d) override
    {
        return a + b + c + d;
    }
    Result<OldRecord> record(OldRecord::View const& record) override
    {
        static OldItem items[1];
        static std::string_view names[1];
        items[0] = record.items[0];
        names[0] = record.names[0];
        return OldRecord{.id = record.id, .items = items, .names = names, .kind = record.kind};
    }
    Result<std::uint32_t> read(std::uint64_t, sys::LeaseOut buffer) override
    {
        return static_cast<std::uint32_t>(buffer.size());
    }
    Result<std::uint32_t> numbers(codec::List<std::uint32_t> values) override
    {
        std::uint32_t total = 0;
        for (auto value : values)
            total += value;
        return total;
    }
    Result<OldCounter> open() override { return OldCounter{kernel_.object()}; }

private:
    Loopback& kernel_;
};

class NewServer final : public NewService::Server {
public:
    explicit NewServer(Loopback& kernel) : kernel_{kernel} {}

    Result<NewService::FlatResults> flat(std::uint64_t value, std::uint64_t factor,
                                         std::string_view name) override
    {
        return NewService::FlatResults{.value = value * factor + name.size(), .note = "seen"};
    }
    Result<NewService::WideResults> wide(std::uint64_t a, std::uint64_t, std::uint64_t,
                                         std::uint64_t d, std::uint64_t e) override
    {
        return NewService::WideResults{.a = a + d + e};
    }
    Result<NewRecord> record(NewRecord::View const& record) override
    {
        static NewItem items[1];
        static NewRecord::Named names[1];
        items[0] = record.items[0];
        items[0].number += record.items[0].weight;
        names[0] = record.names[0];
        comment_ = record.comment;
        return NewRecord{.id = record.id + static_cast<std::uint32_t>(record.extra),
                         .items = items,
                         .names = names,
                         .kind = NewKind::secret,
                         .comment = "a new one"};
    }
    Result<std::uint32_t> read(std::uint64_t, sys::LeaseOut buffer, sys::LeaseOut more) override
    {
        return static_cast<std::uint32_t>(buffer.size() * 100 + more.size());
    }
    Result<std::uint32_t> numbers(codec::List<Number> values) override
    {
        std::uint32_t total = 0;
        for (auto value : values)
            total += value.value * value.scale;
        return total;
    }
    Result<NewService::OpenResults> open(NewCounter counter) override
    {
        auto other = counter ? std::move(counter) : NewCounter{kernel_.object()};
        return NewService::OpenResults{.counter = NewCounter{kernel_.object()},
                                       .other = std::move(other)};
    }
    Result<> added() override { return {}; }

    std::string comment_;

private:
    Loopback& kernel_;
};

class Evolution : public testing::Test {
protected:
    Loopback kernel;
    OldServer old_server{kernel};
    NewServer new_server{kernel};
    OldService old_client{kernel.endpoint(new_server)};  // each talks to the other's server
    NewService new_client{kernel.endpoint(old_server)};
};

TEST_F(Evolution, a_register_message_reads_as_a_larger_struct)
{
    EXPECT_EQ(old_client.flat(21).value(), 42u) << "the new parameter has its default";
}

TEST_F(Evolution, a_larger_struct_reads_as_a_register_message)
{
    auto result = new_client.flat(7, 100, "name").value();
    EXPECT_EQ(result.value, 7u);
    EXPECT_EQ(result.note, "") << "the old server sent none";
}

TEST_F(Evolution, structs_grow_out_of_the_registers)
{
    EXPECT_EQ(old_client.wide(1, 2, 3, 4).value(), 1u + 4 + 9);
    auto result = new_client.wide(1, 2, 3, 4, 100).value();
    EXPECT_EQ(result.a, 10u);
    EXPECT_EQ(result.e, 7u) << "the default of a field that the old server does not know";
}

TEST_F(Evolution, an_old_client_reads_what_it_knows_of_a_record)
{
    OldItem const items[] = {{.number = 3}};
    std::string_view const names[] = {"first"};
    auto result = old_client.record({.id = 1, .items = items, .names = names}).value();
    EXPECT_EQ(result.id, 6u);
    EXPECT_EQ(result.items[0].number, 53u);
    EXPECT_EQ(result.names[0], "first") << "a list of texts became one of structs";
    EXPECT_EQ(std::to_underlying(result.kind), 2) << "an enumerator that it does not know";
    EXPECT_EQ(new_server.comment_, "no comment");
}

TEST_F(Evolution, an_old_server_ignores_what_it_does_not_know)
{
    NewItem const items[] = {{.number = 3, .weight = 1, .label = "label"}};
    NewRecord::Named const names[] = {{.name = "first", .rank = 9}};
    auto result =
        new_client.record({.id = 1, .items = items, .names = names, .comment = "c"}).value();
    EXPECT_EQ(result.id, 1u);
    EXPECT_EQ(result.extra, 5u);
    EXPECT_EQ(result.comment, "no comment");
    EXPECT_EQ(result.items[0].number, 3u);
    EXPECT_EQ(result.items[0].weight, 50u);
    EXPECT_EQ(result.names[0].name, "first");
}

TEST_F(Evolution, lists_of_numbers_become_lists_of_structs)
{
    std::uint32_t const values[] = {1, 2, 3};
    EXPECT_EQ(old_client.numbers(values).value(), 6u);
    Number const numbers[] = {{.value = 4, .scale = 9}, {.value = 5}};
    EXPECT_EQ(new_client.numbers(numbers).value(), 9u);
}

TEST_F(Evolution, leases_are_added)
{
    std::byte one[7], two[9];
    EXPECT_EQ(old_client.read(0, one).value(), 700u) << "the second one is empty";
    EXPECT_EQ(new_client.read(0, one, two).value(), 7u);
}

TEST_F(Evolution, handles_that_the_other_side_does_not_know_are_closed)
{
    NewCounter counter{kernel.object()};
    auto before = kernel.live_handles();
    auto result = new_client.open(counter).value();
    EXPECT_TRUE(result.counter);
    EXPECT_FALSE(result.other);
    EXPECT_EQ(kernel.live_handles(), before + 1);
}

TEST_F(Evolution, a_server_may_pass_more_handles_than_the_client_knows)
{
    auto before = kernel.live_handles();
    EXPECT_TRUE(old_client.open().value());
    EXPECT_EQ(kernel.reply.handles.size(), 2u);
    EXPECT_EQ(kernel.live_handles(), before);
}

TEST_F(Evolution, a_method_that_the_server_lacks_is_a_bad_method)
{
    EXPECT_EQ(new_client.added().error(), Status::bad_method);
}

}  // namespace
