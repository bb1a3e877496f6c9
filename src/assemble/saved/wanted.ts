import { normaliseName } from '../../inspect/installed.ts';
import { logicalLines } from '../../inspect/manifests/requirements.ts';
import type { Stamp, StampedPackage } from './stamp.ts';

/** What a clean build would install: version by normalised name; `''` for what is fetched by address, so always anew. */
export type Wanted = ReadonlyMap<string, string>;

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
  const wanted = new Map<string, string>();
  for (const item of items as readonly ReportItem[]) {
    const { name, version } = item.metadata ?? {};
    if (name !== undefined && version !== undefined) wanted.set(normaliseName(name), item.is_direct === true ? '' : version);
  }
  return wanted;
}

interface ReportItem {
  readonly is_direct?: boolean;
  readonly metadata?: { readonly name?: string; readonly version?: string };
}

/** Reads `name==version` lines, as `pipenv requirements` and `micropipenv requirements` print them. */
export function parsePinned(text: string): Wanted {
  const wanted = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const match = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:==\s*([^\s;]+))?/.exec(line.text);
    if (match?.[1] !== undefined) wanted.set(normaliseName(match[1]), match[2] ?? '');
  }
  return wanted;
}

/** Packages of the saved environment that a clean build would not have in this version or from this archive. */
export function findSuperfluous(
  stamp: Stamp,
  wanted: Wanted,
  hashed: Readonly<Record<string, string>>,
  kept: ReadonlySet<string>,
): readonly string[] {
  const differs = ({ name, version }: StampedPackage) => {
    if (kept.has(name)) return false;
    return wanted.get(name) !== version || stamp.hashed[name] !== hashed[name];
  };
  return stamp.packages.filter(differs).map(({ name }) => name);
}
