/**
 * daphne with a stop that lets its requests end, for `python -c`: by itself it cancels them (V5). WebSockets are closed, which
 * their applications are told. `grace` in seconds.
 */
export function gracefulDaphne(grace: number): string {
  return `# daphne with a graceful stop
from daphne import cli, server
from twisted.internet import defer, reactor


class Server(server.Server):
    ports = []

    def listen_success(self, port):
        self.ports.append(port)
        super().listen_success(port)

    def kill_all_applications(self):
        done, end = defer.Deferred(), reactor.seconds() + ${grace}
        for port in self.ports:
            port.stopListening()
        for protocol in list(self.connections):
            if hasattr(protocol, 'serverClose'):
                protocol.serverClose()

        def wait():
            tasks = [one.get('application_instance') for one in self.connections.values()]
            left = [task for task in tasks if task is not None and not task.done()]
            if left and reactor.seconds() < end:
                reactor.callLater(0.05, wait)
                return
            for task in left:
                task.cancel()
            done.callback(None)

        wait()
        return done


cli.CommandLineInterface.server_class = Server
cli.CommandLineInterface.entrypoint()
`;
}
