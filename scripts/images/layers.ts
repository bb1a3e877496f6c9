import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { Engine } from '../../src/engine/engine.ts';
import { layersOf } from '../../src/image/dockerfile/instruction.ts';
import { flavourDockerfile } from '../../src/image/flavours.ts';
import { openImageArchive } from '../../src/image/layers/archive.ts';
import { tarSize } from '../../src/image/layers/sizes.ts';
import { type MeasuredLayer, megabytes } from '../../src/image/measured.ts';
import { baseOf, type Flavour, tags } from '../../src/image/spec/contract.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import { succeeded } from './engine.ts';

/** The layers of a built image with the sizes of their tars, the base's first. */
export async function measureLayers(
  engine: Engine,
  distribution: Distribution,
  flavour: Flavour,
): Promise<readonly MeasuredLayer[]> {
  const [image = ''] = tags(distribution, flavour);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-image-layers-'));
  try {
    const file = join(folder, 'image.tar');
    succeeded(await engine.saveArchive(image, { file, format: 'docker-archive' }));
    const archive = await openImageArchive(file);
    const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
    const names = layersOf(flavourDockerfile(flavour, distribution, ''));
    const ofBase = sizes.length - names.length;
    return sizes.map((bytes, index) => ({ what: names[index - ofBase] ?? `base: ${baseOf(distribution, flavour)}`, bytes }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function renderLayers(layers: readonly MeasuredLayer[]): string {
  const table = new Table({ head: ['layer', 'MB'], colAligns: ['left', 'right'], style: { head: [], border: [] } });
  const total = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { what, bytes } of [...layers, { what: 'all', bytes: total }]) table.push([what, megabytes(bytes)]);
  return table.toString();
}
