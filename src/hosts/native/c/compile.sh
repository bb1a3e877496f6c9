#!/bin/sh
# Compiles a bundle to bytecode, in app.c and first.c of the current folder: compile.sh BUNDLE.js
# Behind a line of its own a bundle may hold a second module, which is read before the first: most starts need no more.
set -eu
sed '/^\/\/# first$/,$d' "$1" > app.js
sed '1,/^\/\/# first$/d' "$1" > first.js
for part in app first; do
  qjsc -c -m -s -N "$part" -M posix,posix -o "$part.c" "$part.js"
done
