import type { InstallerName } from '../installers/choose.ts';
import type { Interpreter, SavedStamp, Stamp } from './stamp.ts';

export type Reuse =
  /** Nothing was saved. */
  | { readonly use: 'nothing' }
  /** Something was saved and cannot be used; every reason is said. */
  | { readonly use: 'drop'; readonly reasons: readonly string[] }
  /** The same files and settings decided it: no dependency is installed. */
  | { readonly use: 'as-is'; readonly stamp: Stamp }
  /** The installer runs over it, and what is no longer wanted is removed. */
  | { readonly use: 'reconcile'; readonly stamp: Stamp };

export interface Now {
  readonly interpreter: Interpreter;
  readonly installer: InstallerName;
  readonly digest: string;
  /** Versions by name of what this image's own environment holds. */
  readonly base: ReadonlyMap<string, string>;
  /** Names that are brought up to date in any case. */
  readonly renewed: ReadonlySet<string>;
}

/** Whether a saved environment may be used by this build. Pure; gives all reasons against it, not the first. */
export function decideReuse(saved: SavedStamp, now: Now): Reuse {
  if (saved.state === 'none') return { use: 'nothing' };
  if (saved.state === 'unusable') return { use: 'drop', reasons: [saved.reason] };
  const { stamp } = saved;
  const reasons: string[] = [];
  if (stamp.interpreter.python !== now.interpreter.python) {
    reasons.push(`they were made for Python ${stamp.interpreter.python}, this is ${now.interpreter.python}`);
  } else if (stamp.interpreter.abi !== now.interpreter.abi) {
    reasons.push(`they were made for ${stamp.interpreter.abi}, this is ${now.interpreter.abi}`);
  }
  if (stamp.installer !== now.installer) reasons.push(`they were installed by ${stamp.installer}, now it is ${now.installer}`);
  reasons.push(...otherBase(stamp, now));
  if (reasons.length > 0) return { use: 'drop', reasons };
  return stamp.digest === now.digest ? { use: 'as-is', stamp } : { use: 'reconcile', stamp };
}

/** What came with the image cannot be brought back once the saved environment has replaced it by another version. */
function otherBase({ packages }: Stamp, { base, renewed }: Now): readonly string[] {
  return packages.flatMap(({ name, version }) => {
    const here = base.get(name);
    if (here === undefined || here === version || renewed.has(name)) return [];
    return [`they hold ${name} ${version}, this image has ${here}`];
  });
}
