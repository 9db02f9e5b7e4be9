// capnpc-baton: the plugin of `capnp compile` that writes this system's clients and servers.
//
//     capnp compile -I. --src-prefix=. -o./capnpc-baton:build/generated interfaces/file.capnp
//
// writes interfaces/file.hpp below the output folder. docs/interfaces.md says what is in it.
#include "tools/capnpc-baton/check.hpp"
#include "tools/capnpc-baton/load.hpp"
#include "tools/capnpc-baton/write.hpp"
#include <capnp/serialize.h>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace {

void write_file(std::filesystem::path const& path, std::string const& text)
{
    if (path.has_parent_path())
        std::filesystem::create_directories(path.parent_path());
    std::ofstream file{path};
    file << text;
    file.close();
    if (!file)
        throw std::runtime_error(path.string() + ": cannot be written");
}

void generate()
{
    capnp::ReaderOptions options;
    options.traversalLimitInWords = std::uint64_t{1} << 30;  // our own compiler's output
    capnp::StreamFdMessageReader message{STDIN_FILENO, options};
    auto model = load(message.getRoot<capnp::schema::CodeGeneratorRequest>());
    check(model);
    Types types{model};
    for (auto const& file : model.files)
        write_file(std::filesystem::path{file.path}.replace_extension(".hpp"),
                   write_header(types, file));
}

}  // namespace

int main()
{
    try {
        generate();
    } catch (std::exception const& error) {
        std::fprintf(stderr, "capnpc-baton: %s\n", error.what());
        return 1;
    } catch (kj::Exception const& error) {
        std::fprintf(stderr, "capnpc-baton: %s\n", error.getDescription().cStr());
        return 1;
    }
    return 0;
}
