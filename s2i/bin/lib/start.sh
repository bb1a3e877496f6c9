# Sourced by the hooks with $hook set; leaves $node, $options and $bundles. Starts nothing itself.

# Every start of Node searches three random primes for its hash tables: 1 to 6 ms, as the seed will have it. This seed
# needs the fewest. It is the one option of V8 that does not invalidate Node's built-in code cache (5 ms), and no random
# number the hooks use comes from V8. A hook needs one of V8's threads, not four.
# Not --disable-sigusr1: it blocks the signal, and what run hands over to inherits that (gunicorn would not hear USR1).
# See docs/decisions/0002-starting-node-fast.md.
options='--no-warnings --random-seed=154 --v8-pool-size=1'

for lib in "$here/lib" /usr/libexec/s2i/lib; do
  [ -f "$lib/start.sh" ] && break
done
bundles=$lib
[ -f "$bundles/start.cjs" ] || bundles=$lib/../../../dist/hooks
node=${S2I_NODE-}
for candidate in "$lib/node" "$lib/../../../node_modules/.bin/node" /usr/local/bin/node /usr/bin/node; do
  [ -n "$node" ] && break
  [ -x "$candidate" ] && node=$candidate
done
if [ -z "$node" ] || [ ! -f "$bundles/start.cjs" ]; then
  echo "ERROR: the $hook hook needs Node (${node:-none found}) and its bundle ($bundles/$hook.cjs)." >&2
  exit 127
fi
# NODE_OPTIONS belongs to the application: it is put aside here and given back at the hand-over.
if [ -n "${NODE_OPTIONS+set}" ]; then
  export S2I_KEPT_NODE_OPTIONS="$NODE_OPTIONS"
  unset NODE_OPTIONS
fi
