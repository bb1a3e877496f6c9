# Sourced by the hooks with $hook set; leaves $node and $bundle. Starts nothing itself.
#
# NODE_OPTIONS belongs to the application: it is put aside here and given back at the hand-over.
for lib in "$here/lib" /usr/libexec/s2i/lib; do
  [ -f "$lib/start.sh" ] && break
done
bundle=$lib/$hook.cjs
[ -f "$bundle" ] || bundle=$lib/../../../dist/hooks/$hook.cjs
node=${S2I_NODE-}
for candidate in "$lib/node" "$lib/../../../node_modules/.bin/node" /usr/local/bin/node /usr/bin/node; do
  [ -n "$node" ] && break
  [ -x "$candidate" ] && node=$candidate
done
if [ -z "$node" ] || [ ! -f "$bundle" ]; then
  echo "ERROR: the $hook hook needs Node (${node:-none found}) and its bundle ($bundle)." >&2
  exit 127
fi
if [ -n "${NODE_OPTIONS+set}" ]; then
  export S2I_KEPT_NODE_OPTIONS="$NODE_OPTIONS"
  unset NODE_OPTIONS
fi
