import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { type LayerEntry, readAllEntries } from '../../../src/image/layers/entries.ts';
import { PAYLOAD_ABOVE, repeatedPayload } from '../../../src/image/layers/payload.ts';
import { tarSize } from '../../../src/image/layers/sizes.ts';
import { mergeLayers } from '../../../src/image/layers/tree.ts';
import { describeWithEngine } from '../../engine/support/describe-with-engine.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { readApps } from '../../support/app-case.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { readRecipes } from '../support/page.ts';
import { images, programs } from './support/images.ts';
import { buildRecipe } from './support/recipes.ts';

/** Largest sum of uncompressed layers. Bytes. */
const LIMITS: Readonly<Record<string, number>> = { trixie: 750e6, bookworm: 810e6 };

/** Our Dockerfiles that promise to store each byte once. */
const ONCE = [
  ['assemble.Dockerfile', 'django'],
  ['stages.Dockerfile', 'django'],
  ['another-user.Dockerfile', 'flask-gunicorn'],
  ['cache.Dockerfile', 'flask-gunicorn'],
] as const;

/** Content that may stand in two layers, and why. */
const ALLOWED: readonly { readonly path: RegExp; readonly why: string }[] = [
  {
    path: /^(usr|etc|var)\//,
    why: "packages of the distribution: copies of its licences, perl's tables, dpkg's and apt's records",
  },
];

describeWithEngine('layers', { programs, when: 'all' }, () => {
  test.each(images)('of the full image, %s, are no larger than they may be', async (release, _python, image) => {
    const archive = await save(image);
    const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMITS[release] ?? 0);
  });

  test.each(ONCE)('of an application by %s store and hide no payload twice: %s', async (file, app) => {
    expect(await wasteOf(file, app)).toEqual([]);
  });

  test('of an application by copy.Dockerfile store the source twice, as it says', async () => {
    const twice = ['tmp/src/payload.txt', 'opt/app-root/src/payload.txt'].map((path) => expect.stringContaining(path));
    expect(await wasteOf('copy.Dockerfile', 'flask-gunicorn')).toEqual(expect.arrayContaining(twice));
  });
});

/** Places of payload that stands in two layers, or that a layer of the application hides. */
async function wasteOf(file: string, name: string): Promise<readonly string[]> {
  const recipe = readRecipes().find((one) => one.file === file);
  const app = readApps().find((one) => one.name === name);
  if (recipe === undefined || app === undefined) throw new Error(`${file} or ${name} is missing`);
  const files = { 'payload.txt': 'every byte of the source once\n'.repeat(1000) };
  const { image } = await buildRecipe({ recipe, project: app.project, python: '3.13', files });
  const layers = await readAllEntries(await save(image));
  const ofBuilder = layers.length - layersAbove(layers);
  const repeated = repeatedPayload(layers).flatMap(({ places }) => places);
  const { hidden, visible } = mergeLayers(layers);
  expect(visible.has('opt/app-root/src/payload.txt')).toBe(true);
  const large = hidden.filter((entry) => entry.type === 'file' && entry.size > PAYLOAD_ABOVE && entry.layer >= ofBuilder);
  return [...repeated, ...large].filter(({ path }) => !isAllowed(path)).map(({ layer, path }) => `${layer}: ${path}`);
}

/** How many layers the application's build added: from the first that has something of its source. */
function layersAbove(layers: readonly (readonly LayerEntry[])[]): number {
  return layers.length - layers.findIndex((entries) => entries.some(({ path }) => path.endsWith('payload.txt')));
}

function isAllowed(path: string): boolean {
  return ALLOWED.some((one) => one.path.test(path));
}

async function save(image: string) {
  const file = join(temporaryDirectory(), 'image.tar');
  succeeded(await (await openEngine('podman')).saveArchive(image, { file, format: 'docker-archive' }));
  return openImageArchive(file);
}
