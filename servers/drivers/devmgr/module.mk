# Finds devices and gives init what their drivers need.
host_source_files += $(here)/finder.cpp $(here)/kind.cpp
