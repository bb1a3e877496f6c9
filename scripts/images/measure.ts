import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, RunRequest } from '../../src/engine/engine.ts';
import { groupScript, parseMeasurement, VERSION_SCRIPT } from '../../src/image/full/measure.ts';
import type { Measured } from '../../src/image/full/measured.ts';
import { fullFolder } from '../../src/image/rendered.ts';
import { tags } from '../../src/image/spec/contract.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import type { BuildOptions } from './build.ts';
import { openEngine, succeeded } from './engine.ts';
import { measureLayers } from './layers.ts';
import { writeRendered } from './render.ts';

/** Measures images that are built, installs group after group in a container of the base, and writes what it found. */
export async function measureImages(root: string, distributions: readonly Distribution[], options: BuildOptions): Promise<void> {
  const engine = await openEngine(options.engine);
  const network = options.network === undefined ? {} : { network: options.network };
  for (const distribution of distributions) {
    const run = (image: string, script: string, user: string) =>
      lines(engine, { image, user, name: `s2i-measure-${process.pid}`, command: ['sh', '-ec', script], ...network });
    const layers = await measureLayers(engine, distribution);
    const versions = await run(tags(distribution, 'full')[0] ?? '', VERSION_SCRIPT, '1001');
    const groups = await run(distribution.base, groupScript(distribution), '0');
    const measured: Measured = { ...parseMeasurement(groups, versions), layers };
    const folder = join(root, fullFolder(distribution));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
  }
  writeRendered(root);
}

async function lines(engine: Engine, request: RunRequest): Promise<readonly string[]> {
  const seen: string[] = [];
  const onLine = (line: string): void => {
    seen.push(line);
    process.stderr.write(`${line}\n`);
  };
  const status = succeeded(await engine.run(request, { onLine }));
  if (status !== 0) throw new Error(`measuring in ${request.image} ended with ${status}; its last lines stand above`);
  return seen;
}
