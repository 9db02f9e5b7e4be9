// Random operations against a model in memory, on a small cache; the seed is fixed.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace {

class Model {
public:
    Model(Image& image, unsigned seed) : image_{image}, random_{seed}
    {
        mounted_ = std::make_unique<Mounted>(image, 64);
        directories_ = {"", "a/", "b/", "a/c/"};
        for (char const* path : {"a", "b", "a/c"})
            EXPECT_TRUE(mounted_->make_directory(path));
    }

    void step()
    {
        switch (number(12)) {
        case 0:
            remove();
            break;
        case 1:
            rename();
            break;
        case 2:
            truncate();
            break;
        case 3:
            EXPECT_TRUE(mounted_->sync());
            break;
        case 4:
        case 5:
            read();
            break;
        default:
            write();
        }
    }

    void compare()
    {
        for (auto const& [path, content] : files_)
            ASSERT_EQ(mounted_->read(path), content) << path;
        std::size_t listed = 0;
        for (std::string const& directory : directories_)
            listed += mounted_->list("/" + directory)->size();
        EXPECT_EQ(listed, files_.size() + directories_.size());  // and lost+found, less the root
    }

    void mount_again()
    {
        ASSERT_TRUE(mounted_->sync());
        mounted_.reset();
        ASSERT_EQ(image_.check(), 0) << image_.output();
        mounted_ = std::make_unique<Mounted>(image_, 64);
        ASSERT_EQ(mounted_->status(), Status::ok);
    }

private:
    std::size_t number(std::size_t below) { return random_() % below; }
    std::string name()
    {
        return directories_[number(directories_.size())] + "file-with-a-name-" +
               std::string(number(40), 'x') + std::to_string(number(20));
    }
    std::string some_file()
    {
        return files_.empty()
                   ? name()
                   : std::next(files_.begin(), static_cast<long>(number(files_.size())))->first;
    }

    void write()
    {
        std::string const path = number(2) == 0 ? name() : some_file();
        std::string const data = pattern(1 + number(30'000), static_cast<unsigned>(random_()));
        std::size_t const offset = number(3) == 0 ? number(200'000) : number(10'000);
        if (!mounted_->make(path))
            return;  // full
        std::string& content = files_[path];
        Result<> const done = mounted_->write(path, data, offset);
        if (!done) {
            EXPECT_EQ(done.error(), Status::no_space);
            content = *mounted_->read(path);
            return;
        }
        if (content.size() < offset + data.size())
            content.resize(offset + data.size());
        content.replace(offset, data.size(), data);
    }
    void read()
    {
        std::string const path = some_file();
        if (!files_.contains(path))
            return;
        EXPECT_EQ(mounted_->read(path), files_[path]) << path;
    }
    void remove()
    {
        std::string const path = some_file();
        EXPECT_EQ(mounted_->remove(path).has_value(), files_.erase(path) == 1) << path;
    }
    void rename()
    {
        std::string const from = some_file();
        std::string const to = number(2) == 0 ? name() : some_file();
        if (!files_.contains(from))
            return;
        Result<> const done = mounted_->rename(from, to);
        if (!done) {
            EXPECT_EQ(done.error(), Status::no_space);
        } else if (from != to) {
            files_[to] = files_[from];
            files_.erase(from);
        }
    }
    void truncate()
    {
        std::string const path = some_file();
        if (!files_.contains(path))
            return;
        std::size_t const size = number(100'000);
        EXPECT_TRUE(mounted_->truncate(path, size));
        files_[path].resize(size);
    }

    Image& image_;
    std::mt19937 random_;
    std::unique_ptr<Mounted> mounted_;
    std::vector<std::string> directories_;
    std::map<std::string, std::string> files_;
};

class RandomOperations : public testing::TestWithParam<char const*> {};

}  // namespace

TEST_P(RandomOperations, leave_what_the_model_says)
{
    Image image{GetParam(), "12M"};
    Model model{image, 4711};
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 500; ++i)
            model.step();
        model.compare();
        model.mount_again();
        if (HasFatalFailure())
            return;
    }
}

INSTANTIATE_TEST_SUITE_P(, RandomOperations,
                         testing::Values("-b 4096 -O ^has_journal", "-b 1024 -O ^has_journal",
                                         "-b 1024 -O ^has_journal,^metadata_csum -g 1024"));
