// Messages that no honest peer sends, in both directions.
#include "tests/unit/codec/sample_server.hpp"
#include <gtest/gtest.h>

namespace {

using codec::Pointer;
using Size = codec::ElementSize;
using Words = std::vector<codec::Word>;

// An Everything of which only the pointer for `field` is set, and the words that follow it.
Words with_field(std::uint32_t field, Pointer pointer, Words rest = {})
{
    Words words{Pointer::to_struct(0, Everything::layout).bits()};
    words.resize(1 + Everything::layout.words());
    words[1 + Everything::layout.data_words + field] = pointer.bits();
    words.insert(words.end(), rest.begin(), rest.end());
    return words;
}

// From the pointer of `field` to the words behind the struct, and `extra` more.
std::int64_t behind(std::uint32_t field, std::int64_t extra = 0)
{
    return Everything::layout.pointer_count - field - 1 + extra;
}

Status status_of(Words const& words)
{
    auto read = codec::read<Everything>(words);
    if (!read)
        return read.error();
    (void)to_string(*read);  // whatever was accepted can be read
    return Status::ok;
}

// Pointers of Everything, in the order of its schema.
enum Field : std::uint32_t {
    scalars,
    text,
    data,
    bits,
    bytes,
    shorts,
    ints,
    longs,
    doubles,
    colors,
    texts,
    blobs,
    leaves,
    leaf,
    tree,
    empties,
};

TEST(HostileMessages, without_a_root_are_refused)
{
    EXPECT_EQ(status_of({}), Status::bad_message);
    EXPECT_EQ(status_of({0}), Status::ok) << "a null root is a struct of defaults";
}

TEST(HostileMessages, root_pointers_that_leave_the_message_are_refused)
{
    EXPECT_EQ(status_of({Pointer::to_struct(0, {1, 0}).bits()}), Status::bad_message);
    EXPECT_EQ(status_of({Pointer::to_struct(-2, {1, 0}).bits(), 0}), Status::bad_message);
    EXPECT_EQ(status_of({Pointer::to_struct(5, {1, 0}).bits(), 0}), Status::bad_message);
    EXPECT_EQ(status_of({Pointer::to_struct(0, {0xffff, 0xffff}).bits(), 0}), Status::bad_message);
    EXPECT_EQ(status_of({Pointer::to_struct((1 << 29) - 1, {1, 0}).bits(), 0}),
              Status::bad_message);
    EXPECT_EQ(status_of({Pointer::to_struct(-(1 << 29), {1, 0}).bits(), 0}), Status::bad_message);
}

TEST(HostileMessages, pointers_of_the_wrong_kind_are_refused)
{
    for (auto field : {scalars, text, data, bits, ints, texts, leaves, leaf, tree}) {
        EXPECT_EQ(status_of(with_field(field, Pointer{2}, {0})), Status::bad_message) << "far";
        EXPECT_EQ(status_of(with_field(field, Pointer{3}, {0})), Status::bad_message) << "other";
    }
    EXPECT_EQ(status_of(with_field(leaf, Pointer::to_list(behind(leaf), Size::byte, 1), {0})),
              Status::bad_message);
    EXPECT_EQ(status_of(with_field(text, Pointer::to_struct(behind(text), {1, 0}), {0})),
              Status::bad_message);
}

TEST(HostileMessages, texts_end_in_a_zero_byte_inside_the_message)
{
    EXPECT_EQ(status_of(with_field(text, Pointer::to_list(behind(text), Size::byte, 2), {'a'})),
              Status::ok);
    EXPECT_EQ(status_of(with_field(text, Pointer::to_list(behind(text), Size::byte, 1), {'a'})),
              Status::bad_message);
    EXPECT_EQ(status_of(with_field(text, Pointer::to_list(behind(text), Size::byte, 0), {0})),
              Status::bad_message);
    EXPECT_EQ(status_of(with_field(text, Pointer::to_list(behind(text), Size::byte, 9), {0})),
              Status::bad_message);
    EXPECT_EQ(
        status_of(with_field(text, Pointer::to_list(behind(text), Size::byte, (1 << 29) - 1), {0})),
        Status::bad_message);
}

TEST(HostileMessages, lists_with_elements_of_the_wrong_size_are_refused)
{
    auto list = [](Field field, Size size) {
        return status_of(with_field(field, Pointer::to_list(behind(field), size, 1), {0}));
    };
    EXPECT_EQ(list(ints, Size::four_bytes), Status::ok);
    EXPECT_EQ(list(ints, Size::eight_bytes), Status::ok) << "elements may have grown";
    EXPECT_EQ(list(ints, Size::two_bytes), Status::bad_message);
    EXPECT_EQ(list(ints, Size::none), Status::bad_message);
    EXPECT_EQ(list(ints, Size::bit), Status::bad_message);
    EXPECT_EQ(list(ints, Size::pointer), Status::bad_message);
    EXPECT_EQ(list(bits, Size::byte), Status::ok) << "read as bits, as the library does";
    EXPECT_EQ(list(bits, Size::none), Status::bad_message);
    EXPECT_EQ(list(bits, Size::pointer), Status::bad_message);
    EXPECT_EQ(list(texts, Size::eight_bytes), Status::bad_message);
    EXPECT_EQ(list(leaves, Size::bit), Status::bad_message);
    EXPECT_EQ(list(leaves, Size::none), Status::ok) << "structs of defaults";
}

TEST(HostileMessages, tags_that_promise_more_than_there_is_are_refused)
{
    auto list = [](std::uint32_t words, Pointer tag, Words rest) {
        rest.insert(rest.begin(), tag.bits());
        return status_of(
            with_field(leaves, Pointer::to_list(behind(leaves), Size::composite, words), rest));
    };
    EXPECT_EQ(list(2, Pointer::to_struct(1, {1, 1}), {0, 0}), Status::ok);
    EXPECT_EQ(list(2, Pointer::to_struct(2, {1, 1}), {0, 0}), Status::bad_message);
    EXPECT_EQ(list(2, Pointer::to_struct(1, {1, 1}), {0}), Status::bad_message);
    EXPECT_EQ(list(2, Pointer::to_list(1, Size::byte, 1), {0, 0}), Status::bad_message);
    EXPECT_EQ(list(2, Pointer::to_struct((1 << 29) - 1, {1, 0}), {0, 0}), Status::bad_message);
}

TEST(HostileMessages, cannot_be_made_large_by_sharing)
{
    // 16 pointers to the same list of 32 words.
    Words rest(1 + 16 + 32);
    rest[0] = Pointer::to_list(0, Size::pointer, 16).bits();
    for (std::int64_t i = 0; i < 16; ++i)
        rest[static_cast<std::size_t>(1 + i)] = Pointer::to_list(15 - i, Size::byte, 256).bits();
    auto words = with_field(blobs, Pointer::to_list(behind(blobs, 1), Size::pointer, 16), rest);
    EXPECT_EQ(status_of(words), Status::bad_message);
}

TEST(HostileMessages, lists_of_nothing_are_limited)
{
    auto huge = Pointer::to_list(behind(empties), Size::none, (1 << 29) - 1);
    EXPECT_EQ(status_of(with_field(empties, huge)), Status::bad_message);
    auto small = Pointer::to_list(behind(empties), Size::none, 60);
    EXPECT_EQ(status_of(with_field(empties, small)), Status::ok);
}

TEST(HostileMessages, cyclic_pointers_are_refused)
{
    // A tree whose list of branches is a list of itself.
    auto words = with_field(tree, Pointer::to_struct(behind(tree), {0, 2}),
                            {0, Pointer::to_list(0, Size::composite, 2).bits(),
                             Pointer::to_struct(1, {0, 2}).bits(), 0, 0});
    EXPECT_EQ(status_of(words), Status::ok);
    words.back() = Pointer::to_list(-3, Size::composite, 2).bits();
    EXPECT_EQ(status_of(words), Status::bad_message);
}

TEST(HostileMessages, that_are_too_deep_are_refused)
{
    Tree chain[20];
    for (std::size_t i = 0; i + 1 < std::size(chain); ++i)
        chain[i].branches = std::span{&chain[i + 1], 1};
    auto depth = [&](std::size_t first) {
        Words words(512);
        codec::Builder message{words};
        Everything{.tree = chain[first]}.encode(message.root(Everything::layout));
        words.resize(message.finish().value());
        return status_of(words);
    };
    EXPECT_EQ(depth(10), Status::ok);
    EXPECT_EQ(depth(0), Status::bad_message);
}

TEST(HostileMessages, of_one_changed_bit_are_read_or_refused)
{
    Words words(1024);
    codec::Builder message{words};
    full_value().encode(message.root(Everything::layout));
    words.resize(message.finish().value());
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < words.size() * 64; ++bit) {
        words[bit / 64] ^= 1ull << (bit % 64);
        accepted += status_of(words) == Status::ok ? 1 : 0;
        words[bit / 64] ^= 1ull << (bit % 64);
    }
    EXPECT_GT(accepted, 0u);
    for (std::size_t size = 0; size < words.size(); ++size)
        (void)status_of(Words(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size)));
}

// The same through stubs: what a server or a client gets from its peer.
class HostilePeers : public testing::Test {
protected:
    ~HostilePeers() override
    {
        client = {};
        kernel.tamper_call = nullptr;
        EXPECT_EQ(kernel.live_handles(), 0u) << "handles were lost";
    }

    // Makes the next messages carry this many handles.
    void add_handles(Captured& message, std::size_t count)
    {
        while (message.handles.size() < count)
            message.handles.push_back({kernel.object().release(), 0, 0});
        auto header = abi::MessageHeader{message.registers.header};
        message.registers.header =
            abi::MessageHeader::make(header.word_count(), count, header.accepted_handles(),
                                     header.lease_count())
                .bits;
    }

    Loopback kernel;
    SampleServer server{kernel};
    Extended client{kernel.endpoint(server)};
};

TEST_F(HostilePeers, unwanted_handles_are_closed)
{
    kernel.tamper_call = [&](Captured& call) { add_handles(call, 8); };
    EXPECT_EQ(client.add(1, 2).value(), 3) << "a flat call";
    EXPECT_TRUE(client.join("a", "b")) << "a call in the buffer";
    EXPECT_TRUE(client.nothing());
    kernel.tamper_call = [&](Captured& call) {
        add_handles(call, 8);
        call.registers.label = 77;
    };
    EXPECT_EQ(client.nothing().error(), Status::bad_method);
}

TEST_F(HostilePeers, unwanted_handles_in_answers_are_closed)
{
    kernel.tamper_reply = [&](Captured& reply) { add_handles(reply, 8); };
    EXPECT_EQ(client.nothing().error(), Status::bad_message) << "it accepts none";
    EXPECT_TRUE(client.make(1));
    kernel.tamper_reply = [&](Captured& reply) {
        add_handles(reply, 8);
        reply.status = Status::io_error;
    };
    EXPECT_EQ(client.make(1).error(), Status::io_error);
}

TEST_F(HostilePeers, handles_that_did_not_come_are_a_bad_message)
{
    kernel.tamper_call = [](Captured& call) {
        call.words.back() = Pointer::to_capability(5).bits();
    };
    EXPECT_EQ(client.combine({}, {}).error(), Status::bad_message);
    kernel.tamper_call = nullptr;
    kernel.tamper_reply = [](Captured& reply) {
        reply.words.back() = Pointer::to_capability(1).bits();
    };
    EXPECT_EQ(client.make(1).error(), Status::bad_message);
}

TEST_F(HostilePeers, one_handle_cannot_be_taken_twice)
{
    kernel.tamper_call = [&](Captured& call) {
        call.words.back() = call.words[call.words.size() - 2] = Pointer::to_capability(0).bits();
        add_handles(call, 1);
    };
    EXPECT_EQ(client.combine({}, {}).error(), Status::bad_message);
}

TEST_F(HostilePeers, words_that_are_no_message_are_refused_by_both_sides)
{
    auto garbage = [](Captured& message) {
        for (auto& word : message.words)
            word = ~word;
    };
    kernel.tamper_call = garbage;
    EXPECT_EQ(client.join("a", "b").error(), Status::bad_message);
    kernel.tamper_call = nullptr;
    kernel.tamper_reply = garbage;
    EXPECT_EQ(client.join("a", "b").error(), Status::bad_message);
}

TEST_F(HostilePeers, headers_that_promise_more_words_than_a_buffer_has_are_refused)
{
    auto too_many = [](Captured& message) { message.registers.header |= 0x7f; };
    kernel.tamper_call = too_many;
    EXPECT_EQ(client.add(1, 2).error(), Status::bad_message);
    EXPECT_EQ(client.join("a", "b").error(), Status::bad_message);
    kernel.tamper_call = nullptr;
    kernel.tamper_reply = too_many;
    EXPECT_EQ(client.add(1, 2).error(), Status::bad_message);
    EXPECT_EQ(client.join("a", "b").error(), Status::bad_message);
}

TEST_F(HostilePeers, leases_without_the_access_that_the_method_needs_are_refused)
{
    std::byte buffer[4];
    kernel.tamper_call = [](Captured& call) { call.leases[0].access = abi::Lease::in; };
    EXPECT_EQ(client.fill(1, buffer).error(), Status::bad_message);
    kernel.tamper_call = [](Captured& call) {
        call.leases.clear();
        call.registers.header = 0;
    };
    EXPECT_EQ(client.fill(1, buffer).value(), 0u) << "no lease is one of no length";
}

TEST_F(HostilePeers, random_calls_are_answered)
{
    std::uint64_t state = 12345;
    auto next = [&] { return state = state * 6364136223846793005 + 1442695040888963407; };
    for (int round = 0; round < 20000; ++round) {
        kernel.tamper_call = [&](Captured& call) {
            call.registers.label = (call.registers.label & ~0xffffull) | next() >> 60;
            call.words.resize(next() >> 58);
            for (auto& word : call.words)
                word = next() >> (next() >> 58);
            call.registers.header = call.words.size();
            add_handles(call, next() >> 61);
        };
        (void)client.join("a", "b");
    }
}

}  // namespace
