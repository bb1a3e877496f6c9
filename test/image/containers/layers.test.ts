import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { readAllEntries } from '../../../src/image/layers/entries.ts';
import { repeatedPayload } from '../../../src/image/layers/payload.ts';
import { tarSize } from '../../../src/image/layers/sizes.ts';
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
const ONCE = ['assemble.Dockerfile', 'stages.Dockerfile', 'another-user.Dockerfile', 'cache.Dockerfile'];

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

  test.each(ONCE.flatMap((file) => ['flask-gunicorn', 'django'].map((app) => [file, app] as const)))(
    'of an application by %s repeat no payload: %s',
    async (file, name) => {
      const recipe = readRecipes().find((one) => one.file === file);
      const app = readApps().find((one) => one.name === name);
      if (recipe === undefined || app === undefined) throw new Error(`${file} or ${name} is missing`);
      const { image } = await buildRecipe({ recipe, project: app.project, python: '3.13' });
      const layers = await readAllEntries(await save(image));
      const repeats = repeatedPayload(layers).filter(({ places }) => !places.every(({ path }) => isAllowed(path)));
      expect(
        repeats.map(({ size, places }) => `${size} ${places.map(({ layer, path }) => `${layer}:${path}`).join(' ')}`),
      ).toEqual([]);
    },
  );
});

function isAllowed(path: string): boolean {
  return ALLOWED.some((one) => one.path.test(path));
}

async function save(image: string) {
  const file = join(temporaryDirectory(), 'image.tar');
  succeeded(await (await openEngine('podman')).saveArchive(image, { file, format: 'docker-archive' }));
  return openImageArchive(file);
}
