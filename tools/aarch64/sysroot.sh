#!/usr/bin/env bash
# sysroot.sh DIR: builds Rust's standard library for arm64 where rustup can't get it, from the source that Debian packages
# for the same version as the installed rustc. DIR/VERSION/ becomes a sysroot for `rustc --sysroot`, with this machine's
# own standard library in it. Needs cargo and apt; installs nothing. Ends with 3 if Debian has no source of that version.
set -euo pipefail
target=aarch64-unknown-linux-gnu
host=$(rustc -vV | sed -n 's/^host: //p')
version=$(rustc -vV | sed -n 's/^release: //p')
mkdir -p "$1"
sysroot=$(cd "$1" && pwd)/$version
[ -d "$sysroot" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Debian's newer releases, in an apt of their own: the machine's package lists stay as they are.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m 1 '/debian/$')
mkdir -p "$work"/apt/{lists/partial,cache/archives/partial}
: >"$work/apt/status"
for suite in trixie-backports forky sid; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror%/} $suite main"
done >"$work/apt/sources.list"
cat >"$work/apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$work/apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$work/apt/lists";
Dir::State::status "$work/apt/status";
Dir::Cache "$work/apt/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::GzipIndexes "true";
CONF
apt() { (cd "$work" && APT_CONFIG=$work/apt/apt.conf "apt-$1" "${@:2}"); }
apt get -qq update
package=$(apt cache madison rust-src | awk -v version="$version+" 'index($3, version) == 1 { print $3; exit }')
if [ -z "$package" ]; then
  echo "Debian has no source of Rust $version: use another version, or rustup target add $target" >&2
  exit 3
fi
apt get -qq download "rust-src=$package"
dpkg-deb --fsys-tarfile "$work"/rust-src_*.deb | tar -x -C "$work" --wildcards './usr/src/*/library*'
library=$work/usr/src/rustc-$version/library

# An empty crate, so that cargo builds the standard library for it. The compiler is a stable one, which must be told to.
mkdir -p "$work/crate/src"
printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n' >"$work/crate/Cargo.toml"
echo '#![no_std]' >"$work/crate/src/lib.rs"
(
  cd "$work/crate"
  RUSTC_BOOTSTRAP=1 __CARGO_TESTS_ONLY_SRC_ROOT=$library cargo build --quiet --release --offline \
    --target $target -Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test --target-dir "$work/target" \
    --config 'source.crates-io.replace-with="vendored"' --config "source.vendored.directory=\"$library/vendor\""
)
mkdir -p "$work/sysroot/lib/rustlib/$target/lib"
cp "$work/target/$target/release/deps/"*.rlib "$work/sysroot/lib/rustlib/$target/lib/"
rm "$work/sysroot/lib/rustlib/$target/lib/"libempty*
ln -s "$(rustc --print sysroot)/lib/rustlib/$host" "$work/sysroot/lib/rustlib/$host"
mv "$work/sysroot" "$sysroot"
