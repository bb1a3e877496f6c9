import type { Reader, TextRead } from '../execute/reader.ts';
import { isWithin, join } from './paths.ts';

/** Reads a file as it will stand when the source is in its place, for tools that look for it there: the new source counts first. */
export function readIncoming(reader: Reader, path: string, limits: { readonly maxBytes: number }): TextRead {
  const { HOME: home = '', S2I_DESTINATION: destination = '' } = reader.environment;
  const absolute = home === '' ? path : join(home, path);
  if (home !== '' && isWithin(absolute, home)) {
    const incoming = join(destination === '' ? '/tmp' : destination, 'src', absolute.slice(home.length + 1));
    const read = reader.readText(incoming, limits);
    if (read.ok) return read;
  }
  return reader.readText(absolute, limits);
}
