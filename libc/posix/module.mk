# Files for programs: POSIX calls turned into calls on the file server and the console.
#
# One object rather than an archive: libc/sys refers to it weakly, which draws nothing out of an
# archive.
host_source_files += $(here)/path.cpp $(here)/directory_record.cpp

library_posix := $(target)/$(here)/posix.o
$(library_posix): $(addprefix $(target)/$(here)/,$(call object_of,$(call sources_in,$(here))))
	$(call say,LIBRARY,$@)
	$(quiet)$(CROSS)ld -r -o $@ $(filter %.o,$^)
