// Containers, streams and files.
#include "tests/programs/cxx-library/check.hpp"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <unordered_map>

void check_containers()
{
    std::map<std::string, int> counts;
    std::istringstream words{"to be or not to be"};
    for (std::string word; words >> word;)
        ++counts[word];
    expect(counts.size() == 4 && counts["to"] == 2 && counts.begin()->first == "be");

    std::unordered_map<int, std::shared_ptr<std::string>> shared;
    for (int i = 0; i < 1000; ++i)
        shared[i] = std::make_shared<std::string>(std::to_string(i));
    expect(*shared.at(999) == "999" && shared.at(0).use_count() == 1);

    std::function<int(int)> const twice = [](int number) { return 2 * number; };
    std::multiset<int> numbers;
    for (int const number : {3, 1, 2})
        numbers.insert(twice(number));
    expect(std::ranges::equal(numbers, std::array{2, 4, 6}));
}

void check_streams()
{
    std::ostringstream text;
    text << std::hex << std::showbase << 255 << ' ' << std::dec << std::setw(6) << std::setfill('.')
         << 42 << ' ' << std::fixed << std::setprecision(3) << 3.14159 << ' ' << std::boolalpha
         << true;
    expect(text.str() == "0xff ....42 3.142 true");

    std::istringstream mixed{"12 0.5 rest of the line"};
    int whole = 0;
    double part = 0;
    std::string rest;
    expect(mixed >> whole >> part && std::getline(mixed, rest));
    expect(whole == 12 && part == 0.5 && rest == " rest of the line");
    int none = 0;
    expect(!(mixed >> none));
}

void check_files()
{
    std::filesystem::path const folder = "/cxx-library";
    std::filesystem::create_directories(folder / "inner");
    {
        std::ofstream file{folder / "inner" / "lines"};
        for (int i = 0; i < 1000; ++i)
            file << "line " << i << '\n';
        expect(file.good());
    }
    expect(std::filesystem::file_size(folder / "inner" / "lines") == 8890);

    std::ifstream file{folder / "inner" / "lines"};
    int count = 0;
    for (std::string line; std::getline(file, line); ++count)
        expect(line == "line " + std::to_string(count));
    expect(count == 1000);
    file.close();

    std::set<std::string> names;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder})
        names.insert(entry.path().filename());
    expect(names == std::set<std::string>{"inner", "lines"});
    expect(!std::ifstream{"/no/such/file"});

    std::filesystem::remove(folder / "inner" / "lines");
    std::filesystem::remove(folder / "inner");
    std::filesystem::remove(folder);
    expect(!std::filesystem::exists(folder));
}
