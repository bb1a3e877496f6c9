import { join } from 'node:path';
import type { Engine } from '../../../src/engine/engine.ts';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { type Found, searchImage } from '../../../src/image/layers/search.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { succeeded } from './engines.ts';

/** Where in an image texts stand: in its layers, its history and its settings. */
export async function findInImage(engine: Engine, image: string, needles: readonly string[]): Promise<readonly Found[]> {
  const file = join(temporaryDirectory(), 'image.tar');
  succeeded(await engine.saveArchive(image, { file, format: 'docker-archive' }));
  return searchImage(await openImageArchive(file), needles);
}
