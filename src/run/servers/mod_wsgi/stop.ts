/**
 * The parent of mod_wsgi-express, for `sh -c SCRIPT mod_wsgi ROOT PROGRAM…`: Apache drops its requests on TERM and finishes
 * them on WINCH, so a request to stop is translated (docs/decisions/0003). A second one waits for nobody, as QUIT does. Signals
 * go to Apache itself, by its pid file in ROOT: on a terminal mod_wsgi-express stays in between and drops WINCH. Before that
 * file exists, the child is ended. The script takes ROOT away at its end, and ends with the child's status.
 * Where a signal and the child's end come together, the shell waits no more and gives the signal's status: only when it is asked
 * again the child's, or 127 for one that it gave already.
 * WINCH has no trap: nothing is to happen, which is its default, and bash, once it has trapped one, waits on after a TERM.
 * `grace`: seconds after which nobody is waited for; Apache itself has no limit.
 */
export function gracefulStop(grace: number | undefined): string {
  const limited = grace !== undefined;
  return `root=$1
shift
if [ "$(id -u)" = 0 ]; then chmod 711 "$root"; fi
child=
${limited ? 'timer=\n' : ''}to_apache() {
  if [ -s "$root/httpd.pid" ] && read -r apache <"$root/httpd.pid"; then
    kill -s "$1" "$apache"
  elif [ -n "$child" ]; then
    kill -s TERM "$child"
  fi
}
stop() {
  trap 'to_apache TERM' TERM INT
  to_apache WINCH
${limited ? timer(grace) : ''}}
trap stop TERM INT
trap 'to_apache TERM' QUIT
trap 'to_apache HUP' HUP
trap 'to_apache USR1' USR1
trap : USR2
"$@" &
child=$!
while :; do
  wait "$child"
  status=$?
  kill -0 "$child" 2>/dev/null || break
done
wait "$child" 2>/dev/null
last=$?
[ "$last" = 127 ] || status=$last
${limited ? STOP_TIMER : ''}rm -rf "$root"
exit "$status"
`;
}

function timer(seconds: number): string {
  return `  (
    trap 'kill "$pause"' TERM
    sleep ${seconds} &
    pause=$!
    wait "$pause" && to_apache TERM
  ) >/dev/null 2>&1 &
  timer=$!
`;
}

const STOP_TIMER = '[ -z "$timer" ] || kill "$timer"\n';
