import { normaliseName } from '../../inspect/installed.ts';
import { logicalLines } from '../../inspect/manifests/requirements.ts';
import type { Stamp, StampedPackage } from './stamp.ts';

/** What a clean build would install, by normalised name. */
export type Wanted = ReadonlyMap<string, WantedPackage>;

export interface WantedPackage {
  /** `''` for what is fetched by address, so always anew. */
  readonly version: string;
  /** Whether it is asked for itself, not only required by something else; undefined where the tool does not tell. */
  readonly requested?: boolean;
  /** No other version will do, so that the installer replaces one that stands there. */
  readonly pinned?: boolean;
}

/** Reads pip's installation report (`pip install --dry-run --report -`, format version 1). Undefined when it is none. */
export function parseReport(text: string): Wanted | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  const items = (report as { install?: unknown } | null)?.install;
  if (!Array.isArray(items)) return undefined;
  const wanted = new Map<string, WantedPackage>();
  for (const item of items as readonly ReportItem[]) {
    const { name, version } = item.metadata ?? {};
    if (name === undefined || version === undefined) continue;
    const requested = item.requested === undefined ? {} : { requested: item.requested };
    wanted.set(normaliseName(name), { version: item.is_direct === true ? '' : version, ...requested });
  }
  return wanted;
}

interface ReportItem {
  readonly is_direct?: boolean;
  readonly requested?: boolean;
  readonly metadata?: { readonly name?: string; readonly version?: string };
}

/** Reads `name==version` lines, as `pipenv requirements` and `micropipenv requirements` print them. */
export function parsePinned(text: string): Wanted {
  const wanted = new Map<string, WantedPackage>();
  for (const line of logicalLines(text)) {
    const match = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:==\s*([^\s;]+))?/.exec(line.text);
    if (match?.[1] !== undefined) wanted.set(normaliseName(match[1]), { version: match[2] ?? '' });
  }
  return wanted;
}

/** What is known about the saved environment once it is in place. */
export interface Restored {
  readonly stamp: Stamp;
  /** What the image itself has, or is brought up to date in any case. */
  readonly kept: ReadonlySet<string>;
  /** Whether a package is recorded as asked for itself (PEP 376: REQUESTED). */
  readonly requested: (name: string) => boolean;
}

/**
 * Packages of the saved environment that a clean build would not have in this version, from this archive or for this reason,
 * and that the installer would not replace by itself.
 */
export function findSuperfluous(
  { stamp, kept, requested }: Restored,
  wanted: Wanted,
  hashed: Readonly<Record<string, string>>,
): readonly string[] {
  const differs = ({ name, version }: StampedPackage) => {
    if (kept.has(name)) return false;
    const now = wanted.get(name);
    if (now === undefined || stamp.hashed[name] !== hashed[name]) return true;
    if (now.requested !== undefined && now.requested !== requested(name)) return true;
    return now.version !== version && now.pinned !== true;
  };
  return stamp.packages.filter(differs).map(({ name }) => name);
}
