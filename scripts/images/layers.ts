import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import type { Engine } from '../../src/engine/engine.ts';
import { layersOf } from '../../src/image/dockerfile/instruction.ts';
import { fullDockerfile } from '../../src/image/full/dockerfile.ts';
import { type MeasuredLayer, megabytes } from '../../src/image/full/measured.ts';
import { tags } from '../../src/image/spec/contract.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import { succeeded } from './engine.ts';

/** The layers of a built image with the sizes of their tars, the base's first. */
export async function measureLayers(engine: Engine, distribution: Distribution): Promise<readonly MeasuredLayer[]> {
  const [image = ''] = tags(distribution, 'full');
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-image-layers-'));
  try {
    const file = join(folder, 'image.tar');
    succeeded(await engine.saveArchive(image, { file, format: 'docker-archive' }));
    const sizes = await layerSizes(file);
    const names = layersOf(fullDockerfile(distribution, ''));
    const ofBase = sizes.length - names.length;
    return sizes.map((bytes, index) => ({ what: names[index - ofBase] ?? `base: ${distribution.base}`, bytes }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function layerSizes(archive: string): Promise<readonly number[]> {
  const { stdout: manifest } = await execa('tar', ['--extract', '--to-stdout', '--file', archive, 'manifest.json']);
  const [{ Layers }] = JSON.parse(manifest) as [{ readonly Layers: readonly string[] }];
  const { stdout: listing } = await execa('tar', ['--list', '--verbose', '--numeric-owner', '--file', archive]);
  const sizes = new Map<string, number>();
  for (const line of listing.split('\n')) {
    const match = /^-\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+(.+)$/.exec(line);
    if (match !== null) sizes.set(match[2] ?? '', Number(match[1]));
  }
  return Layers.map((layer) => sizes.get(layer) ?? 0);
}

export function renderLayers(layers: readonly MeasuredLayer[]): string {
  const table = new Table({ head: ['layer', 'MB'], colAligns: ['left', 'right'], style: { head: [], border: [] } });
  const total = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { what, bytes } of [...layers, { what: 'all', bytes: total }]) table.push([what, megabytes(bytes)]);
  return table.toString();
}
