/**
 * waitress with a stop that lets its requests end, for `python -c`: by itself it has no handler for TERM, and what threads have
 * answered is not sent after its loop (V8). A second signal waits for nobody. `grace` in seconds.
 */
export function gracefulWaitress(grace: number): string {
  return `# waitress with a graceful stop
import logging, signal, time, waitress
from waitress import runner, wasyncore


def serve(application, **options):
    logging.basicConfig()
    server = waitress.create_server(application, **options)
    ends = []

    def stop(*_):
        ends.append(time.monotonic() + ${grace})
        server.pull_trigger()

    def turn(seconds):
        wasyncore.loop(seconds, server.adj.asyncore_use_poll, server._map, 1)

    def busy():
        return any(one.request or one.requests or one.total_outbufs_len for one in server.active_channels.values())

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.print_listen('Serving on http://{}:{}')
    while not ends:
        turn(1)
    wasyncore.dispatcher.close(server)
    while busy() and len(ends) < 2 and time.monotonic() < ends[0]:
        turn(0.1)


raise SystemExit(runner.run(_serve=serve))
`;
}
