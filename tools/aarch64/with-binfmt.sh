#!/bin/sh
# with-binfmt.sh COMMAND…: runs the command so that it and all that it starts can execute arm64 programs like the
# machine's own. Where the machine can't do so already, the kernel is told in namespaces of the command's own (Linux
# 6.7): nothing changes for the rest of the machine.
/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1 --version >/dev/null 2>&1 && exec "$@"
# The start of an arm64 ELF file with what of it may differ, and its interpreter; see the kernel's admin-guide/binfmt-misc.
export AARCH64_FORMAT=':qemu-aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/qemu-aarch64-static:F'
exec unshare --map-root-user --mount sh -c '
  mount -t binfmt_misc none /proc/sys/fs/binfmt_misc &&
    printf %s "$AARCH64_FORMAT" >/proc/sys/fs/binfmt_misc/register &&
    exec "$@"' sh "$@"
