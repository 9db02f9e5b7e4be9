# Open files and users as clients of the file server see them; tests/scenarios/files runs it.
program    := files-client
interfaces := file
libraries  := sys codec
$(eval $(build_program))
