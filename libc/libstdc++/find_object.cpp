// Where the tables are by which an exception finds its way through the frames of functions. The
// compiler's unwinder asks for them by a function that only glibc has.
#include <cstdint>
#include <elf.h>
#include <link.h>

namespace {

// As glibc's <dlfcn.h> lays it out on this machine.
struct FoundObject {
    std::uint64_t flags{};
    void* map_start{};
    void* map_end{};
    void* link_map{};
    void* eh_frame_header{};
    std::uint64_t reserved[7]{};
};

// A program is one object: it is the first.
int find_header(dl_phdr_info* info, std::size_t, void* header)
{
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        Elf64_Phdr const& segment = info->dlpi_phdr[i];
        if (segment.p_type == PT_GNU_EH_FRAME)
            *static_cast<std::uintptr_t*>(header) = info->dlpi_addr + segment.p_vaddr;
    }
    return 1;
}

}  // namespace

// 0 if there are tables, else -1.
extern "C" int find_object(void*, FoundObject* object) asm("_dl_find_object");

extern "C" int find_object(void*, FoundObject* object)
{
    std::uintptr_t header = 0;
    (void)dl_iterate_phdr(&find_header, &header);
    if (header == 0)
        return -1;
    *object = {};
    object->eh_frame_header = reinterpret_cast<void*>(header);
    return 0;
}
