import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHooks } from '../../../scripts/bundle-hooks.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { renderDockerfile } from '../../../src/image/dockerfile/render.ts';
import { fullDockerfile } from '../../../src/image/full/dockerfile.ts';
import { BUILT } from '../../../src/image/spec/distributions.ts';
import { certificateVolumes } from '../../engine/support/certificates.ts';
import { succeeded } from '../../engine/support/engines.ts';
import { repository } from '../../engine/support/places.ts';

/** Releases whose full image the tests have. */
export type Release = 'trixie' | 'bookworm';

export const releases: readonly Release[] = ['trixie', 'bookworm'];

/** Name of a full image in the tests' store, and in docker's. */
export function fullImage(release: Release): string {
  return `localhost/s2i-consumers-full:${release}`;
}

/**
 * Builds a full image from what stands in the repository now. Steps whose files did not change are taken from the
 * engine's cache, so only the first build on a machine takes minutes.
 */
export async function buildFullImage(buildah: Engine, release: Release): Promise<void> {
  const distribution = BUILT.find((one) => one.release === release);
  if (distribution === undefined) throw new Error(`no full image is built for ${release}`);
  const context = mkdtempSync(join(realpathSync(tmpdir()), 's2i-consumers-'));
  try {
    await layContext(context);
    const dockerfile = join(context, 'Dockerfile');
    writeFileSync(dockerfile, renderDockerfile(fullDockerfile(distribution, '0.0.0')));
    const options = { network: 'host', isolation: 'chroot', volumes: certificateVolumes() } as const;
    succeeded(await buildah.build({ ...options, context, dockerfile, tags: [fullImage(release)] }));
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** The context of the image's Dockerfile, with modes that do not depend on the checkout. */
async function layContext(folder: string): Promise<void> {
  for (const part of ['s2i/bin', 'images/root']) {
    cpSync(join(repository, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  }
  const bundles = join(folder, 'dist/hooks');
  await bundleHooks(bundles);
  // Compiled for the Node of this machine; the image compiles for its own.
  for (const name of readdirSync(bundles)) if (name.endsWith('.code')) rmSync(join(bundles, name));
  normalise(folder);
}

function normalise(path: string): void {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  chmodSync(path, status.isDirectory() || (status.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (status.isDirectory()) for (const name of readdirSync(path)) normalise(join(path, name));
}
