import { imagePrograms } from '../../engine/support/full-images.ts';
import { reasonAgainst, wantsAll } from '../../engine/support/machine.ts';
import { reasonAgainstS2i } from '../../engine/support/s2i.ts';
import { describeUnless } from '../../support/describe-unless.ts';

/** `smoke`: one application by each consumer on one release, in a plain `bin/test` too. `all`: everything. */
export type Extent = 'smoke' | 'all';

/** Why tests of this extent are not run now; undefined when they are. */
export function reasonAgainstConsumers(extent: Extent): string | undefined {
  if (!wantsAll && extent === 'all') return 'only with bin/test --all';
  return reasonAgainst([...imagePrograms, 'dockerd']) ?? reasonAgainstS2i();
}

/** Tests with the real consumers; skipped under a title that says why where they are not wanted or cannot run. */
export function describeConsumers(extent: Extent, title: string, tests: () => void): void {
  describeUnless(reasonAgainstConsumers(extent), title, tests);
}
