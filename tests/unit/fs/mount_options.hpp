// The kinds of volume that reading and writing is tested on.
#pragma once

inline constexpr char const* kinds_of_volume[] = {
    "-b 4096 -O ^has_journal",                    // what the system's own disk image has
    "-b 4096",                                    // the default of Debian 12: with a journal
    "-b 4096 -O metadata_csum_seed,orphan_file",  // the default of Debian 13
    "-b 1024",
    "-b 2048 -O ^has_journal",
    "-b 4096 -O ^has_journal,^metadata_csum,^64bit",
    "-b 1024 -O ^has_journal,^metadata_csum,uninit_bg",
    "-b 4096 -O ^has_journal,^dir_index,^filetype",
    "-b 4096 -I 128 -O ^has_journal",
    "-b 1024 -O ^has_journal,^flex_bg,^resize_inode,meta_bg",
    "-b 4096 -O ^has_journal,sparse_super2",
    "-b 1024 -O ^has_journal -g 1024 -N 4096",  // many small groups
};
