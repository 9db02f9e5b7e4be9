#include "tests/programs/cxx-library/check.hpp"
#include <exception>
#include <memory>
#include <typeinfo>
#include <vector>

namespace {

int living = 0;

struct Counted {
    Counted() { ++living; }
    ~Counted() { --living; }
    Counted(Counted const&) = delete;
    Counted& operator=(Counted const&) = delete;
};

struct Shape {
    virtual ~Shape() = default;
};
struct Circle : Shape {};
struct Square : Shape {};

[[gnu::noinline]] void descend(int depth)
{
    Counted const one;
    if (depth == 0)
        throw std::out_of_range{"the bottom"};
    descend(depth - 1);
    expect(false);  // never reached; and the call above is not the last thing done
}

void frames_are_unwound()
{
    try {
        descend(100);
        expect(false);
    } catch (std::out_of_range const& reached) {
        expect(std::string{reached.what()} == "the bottom" && living == 0);
    }
}

void the_right_handler_catches()
{
    try {
        throw 42;
    } catch (std::exception const&) {
        expect(false);
    } catch (int number) {
        expect(number == 42);
    }
    bool thrown = false;
    try {
        expect(std::vector<int>(3).at(3) == 0);
    } catch (std::logic_error const&) {
        thrown = true;
    }
    expect(thrown);
}

void exceptions_can_be_kept_and_nested()
{
    std::exception_ptr kept;
    try {
        try {
            throw std::runtime_error{"inner"};
        } catch (...) {
            std::throw_with_nested(std::runtime_error{"outer"});
        }
    } catch (...) {
        kept = std::current_exception();
    }
    try {
        std::rethrow_exception(kept);
    } catch (std::runtime_error const& outer) {
        expect(std::string{outer.what()} == "outer");
        try {
            std::rethrow_if_nested(outer);
            expect(false);
        } catch (std::runtime_error const& inner) {
            expect(std::string{inner.what()} == "inner");
        }
    }
}

void types_are_known_at_run_time()
{
    std::unique_ptr<Shape> const shape = std::make_unique<Circle>();
    expect(dynamic_cast<Circle*>(shape.get()) != nullptr);
    expect(dynamic_cast<Square*>(shape.get()) == nullptr);
    Shape const& named = *shape;
    expect(typeid(named) == typeid(Circle));
}

void memory_that_is_not_there_is_an_exception()
{
    bool thrown = false;
    try {
        std::vector<char> const huge(std::size_t{1} << 45);
    } catch (std::bad_alloc const&) {
        thrown = true;
    }
    expect(thrown);
}

}  // namespace

void check_exceptions()
{
    frames_are_unwound();
    the_right_handler_catches();
    exceptions_can_be_kept_and_nested();
    types_are_known_at_run_time();
    memory_that_is_not_there_is_an_exception();
}
