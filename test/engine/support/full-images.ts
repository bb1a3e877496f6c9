import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHooks } from '../../../scripts/bundle-hooks.ts';
import { buildFullImage } from '../../../src/image/build/build.ts';
import { tags } from '../../../src/image/spec/contract.ts';
import type { Distribution } from '../../../src/image/spec/distribution.ts';
import { BUILT } from '../../../src/image/spec/distributions.ts';
import { provideBases } from '../stand-ins/provide.ts';
import { certificateSecrets, certificateVolumes } from './certificates.ts';
import { openEngine, succeeded } from './engines.ts';
import { reasonAgainst, wantsAll } from './machine.ts';
import { repository } from './places.ts';
import { prepareStore, sharedStore } from './store.ts';
import { sweep } from './sweep.ts';

/** What building the images takes. */
export const imagePrograms = ['podman', 'buildah', 'runc', 'mmdebstrap'] as const;

/** Releases whose full image this run has: a plain `bin/test` the first one, none where it cannot be built. */
export const distributions: readonly Distribution[] =
  reasonAgainst(imagePrograms) === undefined ? BUILT.filter(({ release }) => wantsAll || release === 'trixie') : [];

/** Name of the full image of a release in the tests' own store. */
export function fullImage(release: 'trixie' | 'bookworm'): string {
  const distribution = BUILT.find((one) => one.release === release);
  if (distribution === undefined) throw new Error(`no full image is built for ${release}`);
  return nameOf(distribution);
}

export function nameOf(distribution: Distribution): string {
  return `localhost/${tags(distribution, 'full').at(-1) ?? ''}`;
}

/**
 * Builds the full images from what stands in the repository now, in a store without leftovers. Steps whose files did not
 * change come from the engine's cache, so only the first build on a machine takes minutes.
 */
export async function prepareFullImages(): Promise<void> {
  prepareStore(sharedStore);
  sweep();
  await provideBases(await openEngine('podman'));
  const bundles = mkdtempSync(join(realpathSync(tmpdir()), 's2i-bundles-'));
  try {
    await bundleHooks(bundles);
    for (const distribution of distributions) await build(distribution, bundles);
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

async function build(distribution: Distribution, bundles: string): Promise<void> {
  const begun = performance.now();
  const [secret] = certificateSecrets();
  const wishes = {
    network: 'host',
    isolation: 'chroot',
    volumes: certificateVolumes().filter(({ target }) => target !== '/run/secrets'),
    ...(secret === undefined ? {} : { caBundle: secret.file }),
  } as const;
  succeeded(await buildFullImage(await openEngine('buildah'), { repository, bundles }, distribution, wishes));
  process.stdout.write(`full image, ${distribution.release}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}
