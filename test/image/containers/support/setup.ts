import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHooks } from '../../../../scripts/bundle-hooks.ts';
import { buildFullImage } from '../../../../src/image/build/build.ts';
import { BUILT } from '../../../../src/image/spec/distributions.ts';
import { provideBases } from '../../../engine/stand-ins/provide.ts';
import { certificateSecrets, certificateVolumes } from '../../../engine/support/certificates.ts';
import { openEngine, succeeded } from '../../../engine/support/engines.ts';
import { reasonAgainst, wantsAll } from '../../../engine/support/machine.ts';
import { repository } from '../../../engine/support/places.ts';
import { prepareStore, sharedStore } from '../../../engine/support/store.ts';
import { prune, sweep } from '../../../engine/support/sweep.ts';
import { programs } from './images.ts';

/** Once for all files of the project: the full images from what stands in the repository now, in the tests' own store. */
export default async function setup(): Promise<() => void> {
  if (!wantsAll || reasonAgainst(programs) !== undefined) return () => undefined;
  prepareStore(sharedStore);
  sweep();
  await provideBases(await openEngine('podman'));
  const bundles = mkdtempSync(join(realpathSync(tmpdir()), 's2i-bundles-'));
  try {
    await bundleHooks(bundles);
    await buildAll(bundles);
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
  return prune;
}

async function buildAll(bundles: string): Promise<void> {
  const buildah = await openEngine('buildah');
  const [secret] = certificateSecrets();
  const volumes = certificateVolumes().filter(({ target }) => target !== '/run/secrets');
  const wishes = {
    network: 'host',
    isolation: 'chroot',
    volumes,
    ...(secret === undefined ? {} : { caBundle: secret.file }),
  } as const;
  for (const distribution of BUILT) {
    const begun = performance.now();
    succeeded(await buildFullImage(buildah, { repository, bundles }, distribution, wishes));
    process.stdout.write(`full image, ${distribution.release}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  }
}
