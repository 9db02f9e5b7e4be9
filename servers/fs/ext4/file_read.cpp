// Reading: from the cache's pages straight to the target, block run by block run.
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include "servers/fs/tree/content.hpp"
#include <algorithm>
#include <array>

namespace ext4 {

namespace {

constexpr std::array<std::byte, fs::page_bytes> zeros{};

// One read_file(): a cursor that moves through the file.
class Reader {
public:
    Reader(Volume& volume, Inode& inode, std::uint64_t offset, std::size_t length,
           ReadTarget& target)
        : volume_{volume}, inode_{inode}, target_{target}, offset_{offset}, left_{length}
    {
    }

    Result<> run();

private:
    Result<> read_run(Mapping const& run);
    Result<> put_zeros(std::uint64_t length);
    Result<> put_pages(std::uint64_t disk_byte, std::uint64_t length, std::uint64_t run_end);
    std::uint64_t end_of_unmapped(std::uint64_t disk_byte, std::uint64_t run_end) const;
    Result<> bring_in(fs::PageNumber page, std::uint64_t needed_end, std::uint64_t run_end);
    Result<> put(std::span<std::byte const> bytes);

    Volume& volume_;
    Inode& inode_;
    ReadTarget& target_;
    std::uint64_t offset_;
    std::size_t left_;
    std::size_t done_ = 0;
};

Result<> Reader::run()
{
    if (offset_ != inode_.read_ahead.next_offset)
        inode_.read_ahead.window_pages = 0;

    while (left_ > 0) {
        std::uint64_t const logical = offset_ >> volume_.geometry().block_shift;
        if (logical > ~LogicalBlock{0})
            return fail(Status::corrupt);
        Mapping const run = TRY(find_mapping(volume_, inode_, static_cast<LogicalBlock>(logical)));
        TRY(read_run(run));
    }
    inode_.read_ahead.next_offset = offset_;
    return {};
}

Result<> Reader::read_run(Mapping const& run)
{
    std::uint32_t const shift = volume_.geometry().block_shift;
    std::uint64_t const within = offset_ & (volume_.geometry().block_size - 1);
    std::uint64_t const run_bytes = std::uint64_t{run.length} << shift;
    std::uint64_t const length = std::min<std::uint64_t>(left_, run_bytes - within);
    if (run.state != Mapping::State::written)
        return put_zeros(length);

    std::uint64_t const start = run.physical << shift;
    return put_pages(start + within, length, start + run_bytes);
}

Result<> Reader::put_zeros(std::uint64_t length)
{
    while (length > 0) {
        std::size_t const part = std::min<std::uint64_t>(length, zeros.size());
        TRY(put(std::span{zeros}.first(part)));
        length -= part;
    }
    return {};
}

Result<> Reader::put_pages(std::uint64_t disk_byte, std::uint64_t length, std::uint64_t run_end)
{
    while (length > 0) {
        fs::PageNumber const page_number = disk_byte / fs::page_bytes;
        std::size_t const within = disk_byte % fs::page_bytes;
        std::size_t const part = std::min<std::uint64_t>(length, fs::page_bytes - within);
        if (!volume_.blocks().cache().contains(page_number))
            TRY(bring_in(page_number, disk_byte + length, end_of_unmapped(disk_byte, run_end)));

        fs::Page const page = TRY(volume_.blocks().cache().get(page_number));
        TRY(put(page.data().subspan(within, part)));
        disk_byte += part;
        length -= part;
    }
    return {};
}

// Where on the disk the part of a run ends that no mapped page has.
std::uint64_t Reader::end_of_unmapped(std::uint64_t disk_byte, std::uint64_t run_end) const
{
    if (inode_.mapped == nullptr)
        return run_end;
    std::uint64_t const kept = inode_.mapped->next_kept(offset_ / fs::file_page_bytes);
    if (kept == fs::MappedContent::no_page)
        return run_end;
    std::uint64_t const here =
        kept * fs::file_page_bytes - std::min(offset_, kept * fs::file_page_bytes);
    return std::min(run_end, disk_byte + here);
}

// A miss. A sequential reader gets twice what it got at its last one, in the same transfer; any
// other gets what it asked for. Neither goes beyond the run of blocks or the end of the file, nor
// to a page that is kept elsewhere.
Result<> Reader::bring_in(fs::PageNumber page, std::uint64_t needed_end, std::uint64_t run_end)
{
    constexpr std::uint32_t first_window = 4;
    std::uint32_t& window = inode_.read_ahead.window_pages;
    bool const is_sequential = offset_ == inode_.read_ahead.next_offset || window != 0;
    if (is_sequential)
        window =
            std::min<std::uint32_t>(fs::max_transfer_pages, std::max(first_window, window * 2));

    std::uint64_t const start = page * fs::page_bytes;
    std::uint64_t const file_left = inode_.size() - offset_ + fs::page_bytes;
    std::uint64_t end = std::max(needed_end, start + std::uint64_t{window} * fs::page_bytes);
    end = std::min({end, run_end, start + file_left});
    std::uint64_t const pages = (end - start + fs::page_bytes - 1) / fs::page_bytes;
    return volume_.blocks().cache().fetch(page,
                                          std::min<std::uint64_t>(pages, fs::max_transfer_pages));
}

Result<> Reader::put(std::span<std::byte const> bytes)
{
    TRY(target_.put(done_, bytes));
    offset_ += bytes.size();
    done_ += bytes.size();
    left_ -= bytes.size();
    return {};
}

}  // namespace

Result<std::size_t> read_file(Volume& volume, Inode& inode, std::uint64_t offset,
                              std::size_t length, ReadTarget& target)
{
    std::uint64_t const size = inode.size();
    if (offset >= size)
        return std::size_t{0};
    std::size_t const there = std::min<std::uint64_t>(length, size - offset);
    Reader reader{volume, inode, offset, there, target};
    TRY(reader.run());
    return there;
}

}  // namespace ext4
