import type { Rejected } from './launch.ts';

/** What was not taken, together where the reason is the same: `app.sh, app.py: not there`. */
export function byReason(rejected: readonly Rejected[]): readonly string[] {
  const groups = new Map<string, Set<string>>();
  for (const { candidate, reason } of rejected) {
    // That of a tool which a variable switches on is about the variable.
    const unset = /^(\w+) is (not set)$/.exec(reason);
    const shared = unset?.[2] ?? reason;
    groups.set(shared, (groups.get(shared) ?? new Set()).add(unset?.[1] ?? candidate));
  }
  return [...groups].map(([reason, names]) => `${[...names].join(', ')}: ${reason}`);
}
