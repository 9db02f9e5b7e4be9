# The Cap'n Proto messages that calls carry: read and written in place.
library      := codec
host_sources := reader.cpp resolve.cpp check.cpp builder.cpp
$(eval $(build_library))
