import { describe } from 'vitest';

/** Tests that are skipped, under a title that says why, where there is a reason against them. */
export function describeUnless(reason: string | undefined, title: string, tests: () => void): void {
  describe.skipIf(reason !== undefined)(reason === undefined ? title : `${title} (skipped: ${reason})`, tests);
}
