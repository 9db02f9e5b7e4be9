// Reading whole messages that did not arrive in a call: a manifest, a file, a captured message.
#pragma once
#include "lib/codec/check.hpp"
#include "lib/codec/list.hpp"

namespace codec {

// The S at the root of `words`, which `capnp eval --flat -obinary` or an S wrote. The view points
// into them.
// Errors: bad_message
template <class S>
Result<typename S::View> read(Segment words)
{
    return S::View::decode(TRY(check(words, S::shape(), Limits::for_message(words))));
}

// Bytes as words. Errors: bad_message - not aligned, or not a whole number of words
inline Result<Segment> words_of(Bytes bytes)
{
    auto address = reinterpret_cast<std::uintptr_t>(bytes.data());
    if (address % alignof(Word) != 0 || bytes.size() % sizeof(Word) != 0)
        return fail(Status::bad_message);
    return Segment{reinterpret_cast<Word const*>(bytes.data()), bytes.size() / sizeof(Word)};
}

}  // namespace codec
