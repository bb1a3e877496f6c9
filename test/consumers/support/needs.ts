import { describe } from 'vitest';
import { reasonAgainst, wantsAll } from '../../engine/support/machine.ts';
import type { Release } from './full-image.ts';

/** `smoke`: one application by each consumer on one release. `all`: everything. */
export type Extent = 'smoke' | 'all';

/** What a plain `bin/test` runs of the consumers; the first run on a machine builds an image for it, which takes minutes. */
const plain: readonly Extent[] = [];

/** Why tests of this extent are not run now; undefined when they are. */
export function reasonAgainstConsumers(extent: Extent): string | undefined {
  if (!wantsAll && !plain.includes(extent)) return 'only with bin/test --all';
  return reasonAgainst(['podman', 'buildah', 'runc', 'dockerd', 'mmdebstrap']);
}

/** Releases whose full image the tests of this run need. */
export function neededReleases(): readonly Release[] {
  if (reasonAgainstConsumers('all') === undefined) return ['trixie', 'bookworm'];
  return reasonAgainstConsumers('smoke') === undefined ? ['trixie'] : [];
}

/** Tests with the real consumers; skipped under a title that says why where they are not wanted or cannot run. */
export function describeConsumers(extent: Extent, title: string, tests: () => void): void {
  const reason = reasonAgainstConsumers(extent);
  describe.skipIf(reason !== undefined)(reason === undefined ? title : `${title} (skipped: ${reason})`, tests);
}
