import type { InstallerName } from '../installers/choose.ts';
import type { Interpreter, SavedStamp, Stamp, StampedPackage } from './stamp.ts';

export type Reuse =
  /** Nothing was saved, and nothing that fits stands here. */
  | { readonly use: 'nothing' }
  /** The same files and settings decided what stands here: a layer of dependencies, or an image that is built upon. */
  | { readonly use: 'standing'; readonly stamp: Stamp }
  /** Something was saved and cannot be used; every reason is said. */
  | { readonly use: 'drop'; readonly reasons: readonly string[] }
  /** The same files and settings decided what was saved: no dependency is installed. */
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

/** What this build finds installed before it installs anything itself. */
export interface Standing {
  readonly stamp: SavedStamp;
  readonly packages: readonly StampedPackage[];
}

/** Whether a saved environment, or the one that stands here, may be used. Pure; gives all reasons against what was saved. */
export function decideReuse(saved: SavedStamp, now: Now, standing: Standing): Reuse {
  if (saved.state === 'none') return decideStanding(standing, now);
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

/** Whoever changed a package since means it: then the installer has to look. */
function decideStanding({ stamp: found, packages }: Standing, { interpreter, installer, digest }: Now): Reuse {
  if (found.state !== 'present') return { use: 'nothing' };
  const { stamp } = found;
  const before = [stamp.interpreter.python, stamp.interpreter.abi, stamp.installer, stamp.digest, namesOf(stamp.packages)];
  const now = [interpreter.python, interpreter.abi, installer, digest, namesOf(packages)];
  return before.join() === now.join() ? { use: 'standing', stamp } : { use: 'nothing' };
}

function namesOf(packages: readonly StampedPackage[]): string {
  return packages.map(({ name, version }) => `${name}==${version}`).join(' ');
}

/** What came with the image cannot be brought back once the saved environment has replaced it by another version. */
function otherBase({ packages }: Stamp, { base, renewed }: Now): readonly string[] {
  return packages.flatMap(({ name, version }) => {
    const here = base.get(name);
    if (here === undefined || here === version || renewed.has(name)) return [];
    return [`they hold ${name} ${version}, this image has ${here}`];
  });
}
