import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHooks } from '../../../scripts/bundle-hooks.ts';
import { bundleNative, NATIVE_ENTRY } from '../../../scripts/native/bundle.ts';
import { type BuildWishes, buildFlavour } from '../../../src/image/build/build.ts';
import { type ContextSources, NATIVE_BUNDLE } from '../../../src/image/build/context.ts';
import { FLAVOURS, type Flavour, tags } from '../../../src/image/spec/contract.ts';
import type { Distribution } from '../../../src/image/spec/distribution.ts';
import { BUILT } from '../../../src/image/spec/distributions.ts';
import { provideBases } from '../stand-ins/provide.ts';
import { certificateSecrets, certificateVolumes } from './certificates.ts';
import { openEngine, succeeded } from './engines.ts';
import { wantsAll } from './machine.ts';
import { repository } from './places.ts';
import { prepareStore, sharedStore } from './store.ts';
import { sweep } from './sweep.ts';

/** What building the images takes. */
export const imagePrograms = ['podman', 'buildah', 'runc', 'mmdebstrap'] as const;

/** Releases whose images this run has: one for a plain `bin/test`. */
export const distributions: readonly Distribution[] = BUILT.filter(({ release }) => wantsAll || release === 'trixie');

/** Name of the full image of a release in the tests' own store. */
export function fullImage(release: 'trixie' | 'bookworm'): string {
  const distribution = BUILT.find((one) => one.release === release);
  if (distribution === undefined) throw new Error(`no full image is built for ${release}`);
  return nameOf(distribution);
}

export function nameOf(distribution: Distribution, flavour: Flavour = 'full'): string {
  return `localhost/${tags(distribution, flavour).at(-1) ?? ''}`;
}

export function prepareFullImages(): Promise<void> {
  return prepareImages(['full']);
}

/**
 * Builds images from what stands in the repository now, in a store without leftovers. Steps whose files did not
 * change come from the engine's cache, so only the first build on a machine takes minutes.
 */
export async function prepareImages(flavours: readonly Flavour[] = FLAVOURS): Promise<void> {
  prepareStore(sharedStore);
  sweep();
  await provideBases(await openEngine('podman'));
  await withSources(async (sources) => {
    for (const distribution of distributions) {
      for (const flavour of flavours) {
        const begun = performance.now();
        await build(sources, distribution, flavour);
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        process.stdout.write(`${flavour} image, ${distribution.release}: ${seconds} s\n`);
      }
    }
  });
}

/** Builds one more image of what stands in the repository now. */
export function buildImageOf(
  distribution: Distribution,
  flavour: Flavour,
  wishes: Pick<BuildWishes, 'arguments' | 'tags'>,
): Promise<void> {
  return withSources((sources) => build(sources, distribution, flavour, wishes));
}

/** Makes the bundles for as long as they are used. */
async function withSources(use: (sources: ContextSources) => Promise<void>): Promise<void> {
  const bundles = mkdtempSync(join(realpathSync(tmpdir()), 's2i-bundles-'));
  try {
    const sources = { repository, bundles: join(bundles, 'hooks'), native: join(bundles, 'native') };
    await Promise.all([bundleHooks(sources.bundles), bundleNative(NATIVE_ENTRY, join(sources.native, NATIVE_BUNDLE))]);
    await use(sources);
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

async function build(
  sources: ContextSources,
  distribution: Distribution,
  flavour: Flavour,
  more: Pick<BuildWishes, 'arguments' | 'tags'> = {},
): Promise<void> {
  const [secret] = certificateSecrets();
  const wishes = {
    network: 'host',
    isolation: 'chroot',
    volumes: certificateVolumes().filter(({ target }) => target !== '/run/secrets'),
    ...(secret === undefined ? {} : { caBundle: secret.file }),
    ...more,
  } as const;
  succeeded(await buildFlavour(await openEngine('buildah'), sources, distribution, flavour, wishes));
}
