# The disk driver.
host_source_files += $(here)/disk.cpp
