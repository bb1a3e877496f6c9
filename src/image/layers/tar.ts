import { pipeline, type Readable, type Writable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { type Bytes, toBytes } from '../../hosts/common/bytes.ts';

/** One entry of a tar, while the tar is read: its content has to be taken before the next one comes. */
export interface TarEntry {
  readonly type: Header['type'] | undefined;
  /** As the tar has it, with `./` before and `/` after it where they stand there. */
  readonly name: Bytes;
  readonly target: Bytes;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds. */
  readonly modified: number;
  readonly device: { readonly major: number; readonly minor: number };
  /** Where its content begins, from the beginning of the tar. */
  readonly offset: number;
  readonly content: AsyncIterable<Buffer>;
}

/** Parsed edge: the library's types leave out the option, the offset and what a pax record is. */
const createReader = extract as unknown as (options: {
  readonly filenameEncoding: 'latin1';
  readonly allowUnknownFormat: true;
}) => Writable & AsyncIterable<Readable & { readonly header: ReadHeader }>;

type ReadHeader = Partial<Omit<Header, 'pax'>> & {
  readonly name: string;
  readonly byteOffset: number;
  readonly pax?: Readonly<Record<string, string>> | null;
};

/**
 * Reads a tar as it comes: ustar, GNU and pax. Names are bytes, except that the library has decoded names of pax records as
 * UTF-8: of a name there that is no UTF-8, each wrong byte is the three bytes of U+FFFD. Throws for what is no tar.
 */
export async function* readTar(stream: Readable): AsyncGenerator<TarEntry> {
  const entries = createReader({ filenameEncoding: 'latin1', allowUnknownFormat: true });
  // An error of either ends the other, and comes out of the loop.
  pipeline(stream, entries, () => undefined);
  for await (const entry of entries) {
    yield describe(entry.header, entry);
    entry.resume();
  }
}

function describe(header: ReadHeader, content: AsyncIterable<Buffer>): TarEntry {
  const { pax } = header;
  return {
    type: header.type,
    name: pax?.path === undefined ? header.name : toBytes(pax.path),
    target: pax?.linkpath === undefined ? (header.linkname ?? '') : toBytes(pax.linkpath),
    size: header.size ?? 0,
    mode: header.mode ?? 0,
    uid: numeric(pax?.uid) ?? header.uid ?? 0,
    gid: numeric(pax?.gid) ?? header.gid ?? 0,
    modified: Math.floor((header.mtime?.getTime() ?? 0) / 1000),
    device: { major: header.devmajor ?? 0, minor: header.devminor ?? 0 },
    offset: header.byteOffset,
    content,
  };
}

/** Numbers that do not fit into the header stand in a pax record. */
function numeric(record: string | undefined): number | undefined {
  return record === undefined ? undefined : Number(record);
}
