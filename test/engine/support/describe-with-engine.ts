import { describeUnless } from '../../support/describe-unless.ts';
import { type Program, reasonAgainst, wantsAll } from './machine.ts';

export interface Needs {
  readonly programs: readonly Program[];
  /** `all`: longer than a minute, or in need of the base images; runs with `bin/test --all` only. */
  readonly when?: 'always' | 'all';
}

/**
 * Tests with real engines. Where they cannot run, or are not wanted, they are skipped under a title that says why: on Debian
 * as root that is a failure unless test/skips.json knows the reason.
 */
export function describeWithEngine(title: string, { programs, when = 'always' }: Needs, tests: () => void): void {
  const reason = when === 'all' && !wantsAll ? 'only with bin/test --all' : reasonAgainst(programs);
  describeUnless(reason, title, tests);
}
