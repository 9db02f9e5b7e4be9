@0xb83c04ed3d4a5f17;
# The smallest service: what `docs/interfaces.md` starts with.

interface Echo @0xe1b2a5d4c7f60893 {
  say @0 (text :Text) -> (text :Text);
}
