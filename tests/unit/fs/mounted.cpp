#include "tests/unit/fs/mounted.hpp"
#include "servers/fs/ext4/directory.hpp"
#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace {

class StringTarget final : public fs::ReadTarget {
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

class StringSource final : public fs::WriteSource {
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

class NameSink final : public fs::EntrySink {
public:
    bool take(fs::ListedEntry const& entry) override
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
    if (!volume) {
        status_ = volume.error();
        return;
    }
    volume_ = std::move(*volume);
    files_ = std::make_unique<ext4::VolumeFiles>(*volume_);
    tree_ = std::make_unique<fs::Tree>(*files_);
}

Mounted::~Mounted()
{
    tree_.reset();
    files_.reset();
    volume_.reset();
    std::free(buffer_);
}

fs::View Mounted::view(fs::Credential const& who, fs::NodeRef start)
{
    return {*tree_, std::move(start), *fs::SharedCredential::make(who)};
}

Result<ext4::InodeRef> Mounted::find(std::string_view path)
{
    fs::NodeRef found = TRY(view().find(path, fs::LastLink::follow));
    return ext4::InodeRef{*volume_, static_cast<ext4::Inode&>(*found)};
}

Result<ext4::InodeRef> Mounted::make(std::string_view path)
{
    using Existing = fs::Opening::Existing;
    fs::Opening const opening{
        .existing = Existing::allowed, .takes_what_it_may = true, .mode = 0644};
    fs::Opened opened = TRY(view().open(path, opening));
    return ext4::InodeRef{*volume_, static_cast<ext4::Inode&>(*opened.node)};
}

Result<> Mounted::make_directory(std::string_view path)
{
    return view().make(path, fs::mode::of(fs::Kind::directory) | 0755);
}

Result<> Mounted::link(std::string_view path, std::string_view target)
{
    return view().make_link(path, target);
}

Result<> Mounted::remove(std::string_view path) { return view().remove(path); }

Result<> Mounted::remove_directory(std::string_view path) { return view().remove_directory(path); }

Result<> Mounted::rename(std::string_view from, std::string_view to)
{
    return view().rename(from, to, true);
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
