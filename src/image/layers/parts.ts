import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { ImageArchiveError } from './problem.ts';
import { readTar } from './tar.ts';

/** Where a file of the archive stands in it. */
export interface Part {
  readonly offset: number;
  readonly size: number;
}

/** The files of an archive by their names; links count as what they lead to. */
export type Parts = ReadonlyMap<string, Part>;

/** Looks through a tar once, so that its files can be read from where they stand. */
export async function readParts(file: string): Promise<Parts> {
  const parts = new Map<string, Part>();
  const links = new Map<string, string>();
  try {
    for await (const { type, name, target, offset, size } of readTar(createReadStream(file))) {
      const path = posix.normalize(name);
      if (type === 'file' || type === 'contiguous-file') parts.set(path, { offset, size });
      if (type === 'symlink') links.set(path, posix.join(posix.dirname(path), target));
      if (type === 'link') links.set(path, posix.normalize(target));
    }
  } catch (error) {
    throw new ImageArchiveError(file, problemOf(error));
  }
  for (const [path, target] of links) {
    const part = parts.get(target);
    if (part !== undefined) parts.set(path, part);
  }
  return parts;
}

function problemOf(error: unknown) {
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { kind: 'unreadable', detail: 'it does not exist' } as const;
  if (code === 'EISDIR') return { kind: 'unreadable', detail: 'it is a folder' } as const;
  if (code?.startsWith('E') === true) return { kind: 'unreadable', detail: message } as const;
  return message.startsWith('Invalid tar header') ? ({ kind: 'no-archive' } as const) : damaged('the archive', error);
}

/** A part that cannot be read to its end. */
export function damaged(part: string, error: unknown) {
  return { kind: 'damaged', part, detail: error instanceof Error ? error.message : String(error) } as const;
}

export function partNamed(file: string, parts: Parts, name: string): Part {
  const part = parts.get(posix.normalize(name));
  if (part === undefined) throw new ImageArchiveError(file, { kind: 'part-missing', name });
  return part;
}

export function openPart(file: string, { offset, size }: Part): Readable {
  // The end of a stream counts itself, so that of no bytes cannot be said.
  return size === 0 ? Readable.from([]) : createReadStream(file, { start: offset, end: offset + size - 1 });
}

/** For the small files that describe the image. */
export async function readPart(file: string, { offset, size }: Part): Promise<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(size);
    await handle.read(buffer, 0, size, offset);
    return buffer;
  } finally {
    await handle.close();
  }
}
