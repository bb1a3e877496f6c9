import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openImageArchive } from '../layers/archive.ts';
import { readTar } from '../layers/tar.ts';

/** Writes every file at the top of an image to a folder and answers the paths. Throws what reading an archive throws. */
export async function extractFiles(archive: string, to: string): Promise<readonly string[]> {
  const { layers } = await openImageArchive(archive);
  const paths: string[] = [];
  for (const layer of layers) {
    for await (const entry of readTar(layer.open())) {
      const name = entry.name.replace(/^\.?\//, '');
      if (entry.type !== 'file' || name !== basename(name)) continue;
      const path = join(to, name);
      await pipeline(Readable.from(entry.content), createWriteStream(path));
      paths.push(path);
    }
  }
  return paths;
}
