import { writeAll } from './output.ts';

/**
 * Keeps Node's hands off the standard streams. Merely looking at `process.stdout` makes a pipe non-blocking, and execa
 * looks at all three when it is loaded; the flag belongs to the open file, so the server that is started in this process
 * afterwards would lose most of its output. From here on they are stand-ins that write synchronously.
 */
export function shieldStandardStreams(): void {
  for (const [name, descriptor] of [
    ['stdin', 0],
    ['stdout', 1],
    ['stderr', 2],
  ] as const) {
    let made: unknown;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        made ??= standIn(descriptor);
        return made;
      },
    });
  }
}

function standIn(descriptor: 0 | 1 | 2): unknown {
  const { Readable, Writable } = process.getBuiltinModule('node:stream');
  const stream =
    descriptor === 0
      ? Readable.from([])
      : new Writable({
          decodeStrings: true,
          write: (chunk: Buffer, _encoding, done) => {
            writeAll(descriptor, chunk);
            done();
          },
        });
  return Object.assign(stream, { fd: descriptor });
}
