#!/bin/sh
# Cross-builds the native host for arm64 on Debian trixie, as root in a container or chroot of its own, and tries it under qemu.
#   arm64.sh BUNDLE.js OUT     BUNDLE.js as scripts/native/bundle.ts writes it
# What qjsc writes on x86-64 is used as it is (docs/upstream/quickjs-and-linux.md, Q8). The engine's and the libc's arm64 libraries
# are only unpacked: installed, their packages would take the place of those for this machine.
set -eu
bundle=$(realpath "$1")
out=$(realpath -m "$2")
sources=$(realpath "$(dirname -- "$0")/../../src/hosts/native/c")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dpkg --add-architecture arm64
apt-get update -q
apt-get install -y -q --no-install-recommends \
  gcc-aarch64-linux-gnu libquickjs make qemu-user quickjs
# apt fetches as another user, who may write here.
chmod 777 "$work"
cd "$work"
apt-get download -q libquickjs:arm64 musl-dev:arm64
for package in *.deb; do dpkg-deb -x "$package" library; done

sh "$sources/compile.sh" "$bundle"
make -s -f "$sources/Makefile" OUT="$out" CC=aarch64-linux-gnu-gcc \
  QUICKJS=library/usr/lib/aarch64-linux-gnu/quickjs/libquickjs.a MUSL=library/usr/lib/aarch64-linux-musl

# One program that says something, one whose tree is walked, one that is supervised. The kernel is this machine's.
qemu-aarch64 "$out" cgroup-limits
mkdir -m 700 tree
qemu-aarch64 "$out" fix-permissions "$work/tree"
[ "$(stat -c %a tree)" = 770 ]
code=0
qemu-aarch64 "$out" init-wrapper sh -c 'exit 7' || code=$?
[ "$code" = 7 ]
