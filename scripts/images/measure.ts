import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, RunRequest } from '../../src/engine/engine.ts';
import { groupScript, parseMeasurement, VERSION_SCRIPT } from '../../src/image/full/measure.ts';
import type { MeasuredFull } from '../../src/image/full/measured.ts';
import { type Measured, parseVersions } from '../../src/image/measured.ts';
import { imageFolder } from '../../src/image/rendered.ts';
import { type Flavour, tags } from '../../src/image/spec/contract.ts';
import type { Distribution } from '../../src/image/spec/distribution.ts';
import { SMALL_VERSIONS } from '../../src/image/versions.ts';
import type { BuildOptions } from './build.ts';
import { openEngine, succeeded } from './engine.ts';
import { measureLayers } from './layers.ts';
import { writeRendered } from './render.ts';

/** Measures images that are built, and writes what it found. Of the full one also what each group of packages costs. */
export async function measureImages(
  root: string,
  images: readonly (readonly [Distribution, Flavour])[],
  options: BuildOptions,
): Promise<void> {
  const engine = await openEngine(options.engine);
  for (const [distribution, flavour] of images) {
    const run: Run = (image, user, command) =>
      lines(engine, { image, user, name: `s2i-measure-${process.pid}`, command, ...networkOf(options) });
    const layers = await measureLayers(engine, distribution, flavour);
    const measured = { ...(await measure(run, distribution, flavour)), layers };
    const folder = join(root, imageFolder(distribution, flavour));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(measured, undefined, 2)}\n`);
  }
  writeRendered(root);
}

type Run = (image: string, user: string, command: readonly string[]) => Promise<readonly string[]>;

async function measure(
  run: Run,
  distribution: Distribution,
  flavour: Flavour,
): Promise<Omit<MeasuredFull, 'layers'> | Omit<Measured, 'layers'>> {
  const [image = ''] = tags(distribution, flavour);
  if (flavour !== 'full') return { versions: parseVersions(await run(image, '1001', ['python3', '-c', SMALL_VERSIONS])) };
  const versions = await run(image, '1001', ['sh', '-ec', VERSION_SCRIPT]);
  return parseMeasurement(await run(distribution.base, '0', ['sh', '-ec', groupScript(distribution)]), versions);
}

function networkOf({ network }: BuildOptions): Pick<RunRequest, 'network'> {
  return network === undefined ? {} : { network };
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
