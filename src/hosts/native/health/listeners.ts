import type { Reader } from '../../../execute/reader.ts';

/** The state of a socket that listens, in /proc/net. */
const LISTEN = '0A';

/** Ports on which something listens in this container, sorted; what is bound to nothing but loopback counts too. */
export function listeningPorts(reader: Pick<Reader, 'readText'>): readonly number[] {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => {
    const read = reader.readText(path);
    return read.ok ? read.text.split('\n') : [];
  });
  const ports = lines.flatMap((line) => {
    const [, port, state] = /^ *[0-9]+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line) ?? [];
    return port !== undefined && state === LISTEN ? [Number.parseInt(port, 16)] : [];
  });
  return [...new Set(ports)].sort((a, b) => a - b);
}
