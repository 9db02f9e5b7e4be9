#include "servers/posix/machine_texts.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/cycle_rate.hpp"
#include "lib/sys/line.hpp"
#include "lib/sys/start_info.hpp"
#include "servers/posix/process.hpp"

namespace posix {
namespace {

constexpr std::uint64_t bytes_per_kib = 1024;
constexpr std::uint64_t milliseconds_per_tick = 10;

template <class... Pieces>
void add(std::string& text, Pieces const&... pieces)
{
    text += sys::Line{pieces...}.view();
}

abi::KernelInfo kernel_books()
{
    auto const info = sys::kernel_info(sys::find_grant("log"));
    return info ? *info : abi::KernelInfo{};
}

struct CpuTimes {
    std::uint64_t user = 0;    // of POSIX processes
    std::uint64_t system = 0;  // the kernel's, and of servers
    std::uint64_t idle = 0;
};

// In clock ticks, of all harts together.
CpuTimes cpu_times(Service& service)
{
    auto const books = kernel_books();
    std::uint64_t const all = clock_ticks_since_start() * books.harts_online;
    CpuTimes times;
    times.idle = std::min(all, to_clock_ticks(service, books.idle_cycles));
    std::uint64_t cycles = service.cycles_of_ended;
    service.processes.for_each([&](Process const& each) { cycles += each.facts().cycles; });
    times.user = std::min(all - times.idle, to_clock_ticks(service, cycles));
    times.system = all - times.idle - times.user;
    return times;
}

void write_stat(Service& service, ProcessNumber, std::string& text)
{
    auto const times = cpu_times(service);
    for (char const* const name : {"cpu ", "cpu0"})  // harts are not told apart
        add(text, name, " ", times.user, " 0 ", times.system, " ", times.idle, " 0 0 0 0 0 0\n");
    add(text, "ctxt 0\nprocesses ", service.processes.made(), "\nprocs_running ",
        service.processes.running(), "\nprocs_blocked 0\n");
}

void write_memory(Service& service, ProcessNumber, std::string& text)
{
    auto const books = kernel_books();
    auto const files = service.root.memory_use();
    std::uint64_t const mapped = files ? files->mapped : 0;
    std::uint64_t const cached = files ? files->cached : 0;
    auto const row = [&](char const* name, std::uint64_t bytes) {
        add(text, sys::LeftAligned{name, 16}, sys::Padded{bytes / bytes_per_kib, 8}, " kB\n");
    };
    row("MemTotal:", books.total_bytes);
    row("MemFree:", books.free_bytes);
    row("MemAvailable:", books.free_bytes);
    row("Buffers:", 0);
    row("Cached:", cached + mapped);
    row("Mapped:", mapped);
    for (char const* const name :
         {"SwapCached:", "Shmem:", "SReclaimable:", "SwapTotal:", "SwapFree:"})
        row(name, 0);
}

void add_seconds(std::string& text, std::uint64_t ticks)
{
    add(text, ticks / 100, ".", sys::Padded{ticks % 100, 2, '0'});
}

void write_uptime(Service& service, ProcessNumber, std::string& text)
{
    add_seconds(text, clock_ticks_since_start());
    text += " ";
    add_seconds(text, cpu_times(service).idle);
    text += "\n";
}

// How many harts were busy, on average since the start: the kernel keeps no history.
void write_load(Service& service, ProcessNumber, std::string& text)
{
    auto const hundredths = std::uint64_t{busy_harts(service)} * 100 >> 16;
    for (int i = 0; i < 3; ++i) {
        add_seconds(text, hundredths);
        text += " ";
    }
    add(text, service.processes.running(), "/", service.processes.size(), " ",
        service.processes.latest(), "\n");
}

void write_mounts(Service& service, ProcessNumber, std::string& text)
{
    text += "/dev/disk / ext4 rw 0 0\n";
    auto const root = service.root.attributes(".");
    text += "dev /dev devtmpfs rw 0 0\nproc /proc proc ro 0 0\n";
    for (std::string_view const place : {"tmp", "dev/shm"})
        if (auto const mounted = service.root.attributes(place);
            root && mounted && root->volume != mounted->volume)
            text.append("tmpfs /").append(place).append(" tmpfs rw 0 0\n");
}

void write_version(Service&, ProcessNumber, std::string& text) { text += "Baton 0 riscv64\n"; }

void write_processors(Service&, ProcessNumber, std::string& text)
{
    auto const harts = kernel_books().harts_online;
    for (std::uint64_t hart = 0; hart < harts; ++hart)
        add(text, "processor\t: ", hart, "\nisa\t\t: rv64gc\n\n");
}

void write_file_systems(Service&, ProcessNumber, std::string& text)
{
    text += "\text4\nnodev\ttmpfs\nnodev\tdevtmpfs\nnodev\tproc\n";
}

constexpr MachineText rows[] = {
    {"cpuinfo", write_processors}, {"filesystems", write_file_systems},
    {"loadavg", write_load},       {"meminfo", write_memory},
    {"mounts", write_mounts},      {"stat", write_stat},
    {"uptime", write_uptime},      {"version", write_version},
};

}  // namespace

std::span<MachineText const> machine_texts() { return rows; }

static std::uint64_t cycles_per_millisecond(Service& service)
{
    if (service.cycles_per_millisecond == 0)
        service.cycles_per_millisecond = sys::measure_cycles_per_millisecond();
    return service.cycles_per_millisecond;
}

std::uint64_t to_clock_ticks(Service& service, std::uint64_t cycles)
{
    return cycles / (cycles_per_millisecond(service) * milliseconds_per_tick);
}

std::uint64_t to_nanoseconds(Service& service, std::uint64_t cycles)
{
    constexpr std::uint64_t nanoseconds_per_millisecond = 1'000'000;
    std::uint64_t const rate = cycles_per_millisecond(service);
    return cycles / rate * nanoseconds_per_millisecond +
           cycles % rate * nanoseconds_per_millisecond / rate;
}

std::uint64_t clock_ticks_since_start()
{
    return (sys::now() - kernel_books().boot_ticks) / sys::milliseconds(milliseconds_per_tick);
}

std::uint64_t nanoseconds_since_start()
{
    constexpr std::uint64_t nanoseconds_per_tick = 10'000'000;
    return clock_ticks_since_start() * nanoseconds_per_tick;
}

std::uint32_t busy_harts(Service& service)
{
    auto const times = cpu_times(service);
    auto const ticks = std::max<std::uint64_t>(clock_ticks_since_start(), 1);
    return static_cast<std::uint32_t>(((times.user + times.system) << 16) / ticks);
}

}  // namespace posix
