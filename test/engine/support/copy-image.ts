import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../src/engine/engine.ts';
import { succeeded } from './engines.ts';

/** Gives an image, under its name, to an engine with images of its own. */
export async function copyImage(image: string, from: Engine, to: Engine): Promise<void> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-copy-'));
  try {
    const file = join(folder, 'image.tar');
    succeeded(await from.saveArchive(image, { file, format: 'docker-archive' }));
    succeeded(await to.loadArchive(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
