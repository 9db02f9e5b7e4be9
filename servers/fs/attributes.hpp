// What clients are told about an inode.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/ext4/inode.hpp"

Kind kind_of(ext4::Kind kind);
Attributes attributes_of(ext4::Inode const& inode);
