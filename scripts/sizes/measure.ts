import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildRequest, Engine } from '../../src/engine/engine.ts';
import { type ImageArchive, openImageArchive } from '../../src/image/layers/archive.ts';
import { readAllEntries } from '../../src/image/layers/entries.ts';
import { repeatedPayload } from '../../src/image/layers/payload.ts';
import { gzipSize, tarSize } from '../../src/image/layers/sizes.ts';
import type { ApplicationName, ImageSize, Sizes, Way } from '../../src/image/sizes/measured.ts';
import { names, ways } from '../../src/image/sizes/page.ts';
import { TRIXIE } from '../../src/image/spec/debian.ts';
import { openEngine, succeeded } from '../images/engine.ts';
import type { EngineOptions } from '../images/options.ts';
import { parseVolumes } from '../images/volume.ts';

/** As commander gives them. */
export interface SizesOptions extends EngineOptions {
  readonly volume: readonly string[];
}

const SOURCES: Readonly<Record<ApplicationName, string>> = { flask: 'examples/flask-hello', django: 'scripts/sizes/django' };

/** Those that the documentation shows lie elsewhere. */
function dockerfileOf(way: Way): string {
  return `${way.includes('-to-') ? 'images/dockerfiles' : 'scripts/sizes/dockerfiles'}/${way}.Dockerfile`;
}

/** Builds every application in every way on what is tagged now, measures the images and removes them. */
export async function measureSizes(root: string, options: SizesOptions): Promise<Sizes> {
  const engine = await openEngine(options.engine);
  const compressed = new Map<string, number>();
  const images: ImageSize[] = [];
  for (const application of names()) {
    for (const way of ways()) {
      process.stderr.write(`${application}, ${way}\n`);
      const image = await build(engine, root, application, way, options);
      const size = await measure(engine, image, compressed);
      images.push({ application, way, ...size });
      succeeded(await engine.remove(image));
    }
  }
  const { uncompressed, compressed: small } = await measure(engine, TRIXIE.base, compressed);
  const base = { name: TRIXIE.base.replace('docker.io/library/', ''), uncompressed, compressed: small };
  return { date: new Date().toISOString().slice(0, 10), base, images };
}

async function build(
  engine: Engine,
  root: string,
  application: ApplicationName,
  way: Way,
  { network, isolation, volume }: SizesOptions,
): Promise<string> {
  const context = temporaryFolder();
  const image = `localhost/s2i-sizes-${application}:${way}`;
  const lines: string[] = [];
  try {
    cpSync(join(root, SOURCES[application]), context, { recursive: true });
    const request: BuildRequest = {
      context,
      dockerfile: join(root, dockerfileOf(way)),
      tags: [image],
      ...(network === undefined ? {} : { network }),
      ...(isolation === undefined ? {} : { isolation }),
      ...parseVolumes(volume),
    };
    const outcome = await engine.build(request, { onLine: (line) => lines.push(line) });
    if (!outcome.ok) process.stderr.write(`${lines.slice(-30).join('\n')}\n`);
    succeeded(outcome);
    return image;
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** `known` has the compressed sizes of layers that other images have too. */
async function measure(
  engine: Engine,
  image: string,
  known: Map<string, number>,
): Promise<Omit<ImageSize, 'application' | 'way'>> {
  const folder = temporaryFolder();
  try {
    const file = join(folder, 'image.tar');
    succeeded(await engine.saveArchive(image, { file, format: 'docker-archive' }));
    const digests = succeeded(await engine.inspect(image)).layers;
    const archive = await openImageArchive(file);
    const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
    let compressed = 0;
    for (const [index, digest] of digests.entries()) compressed += await compressedSize(archive, index, digest, known);
    return {
      uncompressed: sizes.reduce((sum, size) => sum + size, 0),
      compressed,
      layers: sizes.length,
      repeated: await repeated(archive),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compressedSize(archive: ImageArchive, index: number, digest: string, known: Map<string, number>): Promise<number> {
  const layer = archive.layers[index];
  if (layer === undefined) throw new Error(`${archive.file} has no layer ${index + 1}`);
  const size = known.get(digest) ?? (await gzipSize(archive, layer));
  known.set(digest, size);
  return size;
}

/** What every layer but the first has once more. Bytes. */
async function repeated(archive: ImageArchive): Promise<number> {
  const repeats = repeatedPayload(await readAllEntries(archive), 0);
  return repeats.reduce((sum, { size, places }) => {
    const [first] = places;
    return sum + size * places.filter(({ layer }) => layer !== first?.layer).length;
  }, 0);
}

function temporaryFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), 's2i-sizes-'));
}
