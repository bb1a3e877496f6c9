import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ImageArchive, Layer } from './archive.ts';
import { damaged } from './parts.ts';
import { ImageArchiveError } from './problem.ts';

/** Bytes of a layer's uncompressed tar: what engines show as size, and budgets are about. */
export async function tarSize(archive: ImageArchive, layer: Layer): Promise<number> {
  return layer.compression === 'none' ? layer.stored : measure(archive, layer, []);
}

/** Bytes of the tar through `gzip -6`: what a download moves. Takes seconds for each 100 MB. */
export async function gzipSize(archive: ImageArchive, layer: Layer): Promise<number> {
  return measure(archive, layer, [createGzip({ level: 6 })]);
}

async function measure(archive: ImageArchive, layer: Layer, through: readonly NodeJS.ReadWriteStream[]): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write: (chunk: Buffer, _, done) => {
      bytes += chunk.length;
      done();
    },
  });
  try {
    await pipeline([layer.open(), ...through, count]);
  } catch (error) {
    throw new ImageArchiveError(archive.file, damaged(`layer ${layer.index + 1}`, error));
  }
  return bytes;
}
