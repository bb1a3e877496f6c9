import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Engine } from '../../../src/engine/engine.ts';
import { succeeded } from '../support/engines.ts';
import { withLock } from '../support/lock.ts';
import { archiveFolder } from '../support/places.ts';
import { sharedStore } from '../support/store.ts';
import { makeStandIn } from './make.ts';
import { machineMirrors } from './mirrors.ts';
import { nodePackage } from './node-package.ts';
import { debianRecipe, nodeRecipe, type Recipe, recipeHash } from './recipes.ts';

/** How an image came to be in the tests' store. */
export type Origin = 'already there' | 'pulled' | 'archive' | 'made';

export interface Provided {
  readonly image: string;
  readonly origin: Origin;
  readonly seconds: number;
}

/** For one image; a registry that cannot be reached is asked once, not for each image. Milliseconds. */
const PULL_LIMIT = 60_000;

/**
 * Has the base images in the tests' store under their real names: pulled where a registry can be reached, else stand-ins,
 * from their archives or made anew. One process at a time. `images`: only these.
 */
export async function provideBases(engine: Engine, images?: readonly string[]): Promise<readonly Provided[]> {
  mkdirSync(archiveFolder, { recursive: true });
  const wanted = recipes().filter(({ image }) => images === undefined || images.includes(image));
  return withLock(join(archiveFolder, 'lock'), () => provideAll(engine, wanted));
}

async function provideAll(engine: Engine, wanted: readonly Recipe[]): Promise<readonly Provided[]> {
  const provided: Provided[] = [];
  let registry: 'unknown' | 'reached' | 'out of reach' = 'unknown';
  for (const recipe of wanted) {
    const begun = performance.now();
    const mark = `localhost/s2i-test-base:${recipeHash(recipe)}`;
    let origin: Origin = 'already there';
    if (!(await sameImage(engine, recipe.image, mark))) {
      const pulled: boolean = registry !== 'out of reach' && (await pull(recipe.image));
      registry = pulled ? 'reached' : 'out of reach';
      origin = pulled ? 'pulled' : await standIn(engine, recipe);
      succeeded(await engine.tag(recipe.image, mark));
    }
    provided.push({ image: recipe.image, origin, seconds: (performance.now() - begun) / 1000 });
  }
  return provided;
}

export function recipes(): readonly Recipe[] {
  const mirrors = machineMirrors();
  if (mirrors === undefined) throw new Error('apt knows no Debian mirror, which stand-ins are made from');
  return [debianRecipe('trixie', mirrors), debianRecipe('bookworm', mirrors), nodeRecipe(mirrors, nodePackage.version)];
}

/** The mark says by which recipe the image that has the real name was made, or that it was pulled then. */
async function sameImage(engine: Engine, image: string, mark: string): Promise<boolean> {
  const [named, marked] = await Promise.all([engine.inspect(image), engine.inspect(mark)]);
  return named.ok && marked.ok && named.value.id === marked.value.id;
}

async function pull(image: string): Promise<boolean> {
  const options = { env: sharedStore.environment, extendEnv: false, reject: false, timeout: PULL_LIMIT } as const;
  const { failed } = await execa('podman', ['pull', '--quiet', image], options);
  return !failed;
}

async function standIn(engine: Engine, recipe: Recipe): Promise<Origin> {
  const file = join(archiveFolder, `${recipe.image.replace(/^.*\//, '').replace(':', '-')}-${recipeHash(recipe)}.tar`);
  if (existsSync(file)) {
    succeeded(await engine.loadArchive(file));
    return 'archive';
  }
  await makeStandIn(engine, recipe);
  succeeded(await engine.saveArchive(recipe.image, { file, format: 'docker-archive' }));
  return 'made';
}
