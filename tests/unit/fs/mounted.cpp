#include "tests/unit/fs/mounted.hpp"
#include "servers/fs/ext4/directory.hpp"
#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace {

class StringTarget final : public ext4::ReadTarget {
public:
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        if (offset != text.size())
            return fail(Status::bad_argument);
        text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        return {};
    }
    std::string text;
};

class StringSource final : public ext4::WriteSource {
public:
    explicit StringSource(std::string_view text) : text_{text} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        std::memcpy(into.data(), text_.substr(offset, into.size()).data(), into.size());
        return {};
    }

private:
    std::string_view text_;
};

class NameSink final : public ext4::EntrySink {
public:
    bool take(ext4::Entry const& entry) override
    {
        if (names.size() - start_ == 7)
            return false;
        names.emplace_back(entry.name);
        return true;
    }
    void next() { start_ = names.size(); }
    std::vector<std::string> names;

private:
    std::size_t start_ = 0;
};

}  // namespace

Mounted::Mounted(std::string const& path, std::size_t cache_pages)
    : buffer_bytes_{cache_pages * fs::page_bytes}
{
    buffer_ = static_cast<std::byte*>(std::aligned_alloc(fs::page_bytes, buffer_bytes_));
    disk_ = std::make_unique<FileDisk>(path, buffer_);
    cache_ = *fs::BlockCache::create(*disk_, {buffer_, buffer_bytes_});
    auto volume = ext4::Volume::mount(*cache_, clock_, notes, 128);
    if (volume)
        volume_ = std::move(*volume);
    else
        status_ = volume.error();
}

Mounted::~Mounted()
{
    volume_.reset();
    std::free(buffer_);
}

Result<ext4::Place> Mounted::place(std::string_view path)
{
    ext4::InodeRef root = TRY(volume_->root());
    return ext4::find_place(*volume_, *root, path);
}

Result<ext4::InodeRef> Mounted::find(std::string_view path)
{
    ext4::InodeRef root = TRY(volume_->root());
    return ext4::find_path(*volume_, *root, path);
}

Result<ext4::InodeRef> Mounted::make(std::string_view path)
{
    Result<ext4::InodeRef> found = find(path);
    if (found || found.error() != Status::not_found)
        return found;
    ext4::Place where = TRY(place(path));
    return ext4::make_file(*volume_, where, 0644);
}

Result<> Mounted::make_directory(std::string_view path)
{
    ext4::Place where = TRY(place(path));
    TRY(ext4::make_directory(*volume_, where, 0755));
    return {};
}

Result<> Mounted::link(std::string_view path, std::string_view target)
{
    ext4::Place where = TRY(place(path));
    TRY(ext4::make_symbolic_link(*volume_, where, target));
    return {};
}

Result<> Mounted::remove(std::string_view path)
{
    ext4::Place where = TRY(place(path));
    return ext4::remove_file(*volume_, where);
}

Result<> Mounted::remove_directory(std::string_view path)
{
    ext4::Place where = TRY(place(path));
    return ext4::remove_directory(*volume_, where);
}

Result<> Mounted::rename(std::string_view from, std::string_view to)
{
    ext4::Place old_place = TRY(place(from));
    ext4::Place new_place = TRY(place(to));
    return ext4::rename(*volume_, old_place, new_place);
}

Result<> Mounted::write_to(ext4::Inode& inode, std::string_view content, std::uint64_t offset)
{
    StringSource source{content};
    std::size_t done = TRY(ext4::write_file(*volume_, inode, offset, content.size(), source));
    return done == content.size() ? Result<>{} : fail(Status::no_space);
}

Result<> Mounted::write(std::string_view path, std::string_view content, std::uint64_t offset)
{
    ext4::InodeRef inode = TRY(make(path));
    return write_to(*inode, content, offset);
}

Result<std::string> Mounted::read_from(ext4::Inode& inode, std::uint64_t offset, std::size_t length)
{
    StringTarget target;
    std::size_t done = TRY(ext4::read_file(*volume_, inode, offset, length, target));
    if (done != target.text.size())
        return fail(Status::bad_argument);
    return std::move(target.text);
}

Result<std::string> Mounted::read(std::string_view path)
{
    ext4::InodeRef inode = TRY(find(path));
    return read_from(*inode, 0, inode->size());
}

Result<> Mounted::truncate(std::string_view path, std::uint64_t size)
{
    ext4::InodeRef inode = TRY(find(path));
    return ext4::truncate_file(*volume_, *inode, size);
}

Result<std::vector<std::string>> Mounted::list(std::string_view path)
{
    ext4::InodeRef inode = TRY(find(path));
    NameSink sink;
    std::uint64_t position = 0;
    for (std::size_t before = ~std::size_t{0}; before != sink.names.size();) {
        before = sink.names.size();
        position = TRY(ext4::list_directory(*volume_, *inode, position, sink));
        sink.next();
    }
    std::erase(sink.names, ".");
    std::erase(sink.names, "..");
    std::ranges::sort(sink.names);
    return sink.names;
}
