import type { Reader } from '../execute/reader.ts';
import { join } from './paths.ts';

/**
 * What a directory listing tells about the virtual environment: nothing is imported and no interpreter is started.
 * Distributions are found by their `.dist-info`/`.egg-info` entries, as installers record them (PEP 376, PEP 627).
 */
export interface Installed {
  /** Folder of the interpreter's library, e.g. `python3.13`; undefined when the environment has none. */
  readonly python: string | undefined;
  readonly sitePackages: readonly string[];
  /** Version of a distribution by its normalised name (PEP 503); `''` when it is there without metadata. */
  readonly distributions: ReadonlyMap<string, string>;
  /** The `.dist-info` folder of a distribution by its normalised name. */
  readonly metadata: ReadonlyMap<string, string>;
}

const METADATA = /^(.+?)-([^-]+?)(?:-py[0-9.]+)?\.(?:dist|egg)-info$/;

/** Lists the environment in `appRoot` and every folder of PYTHONPATH. */
export function readInstalled(reader: Reader, appRoot: string): Installed {
  const library = join(appRoot, 'lib');
  const python = reader.list(library)?.names.find((name) => /^python3\.[0-9]+$/.test(name));
  const own =
    python === undefined ? [] : [join(library, python, 'site-packages'), join(appRoot, 'lib64', python, 'site-packages')];
  const extra = (reader.environment.PYTHONPATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const sitePackages = distinctFolders(reader, [...own, ...extra]);
  const found = { distributions: new Map<string, string>(), metadata: new Map<string, string>() };
  for (const folder of sitePackages) addDistributions(reader, folder, found);
  return { python, sitePackages, ...found };
}

/** The version of a distribution, or undefined when it is not installed. `''` when its version is not known. */
export function versionOf(installed: Installed, name: string): string | undefined {
  return installed.distributions.get(normaliseName(name));
}

/** PEP 503: lower case, runs of `-`, `_` and `.` become one `-`. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function distinctFolders(reader: Reader, folders: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return folders.filter((folder) => {
    const real = reader.resolve(folder);
    if (real === undefined || seen.has(real)) return false;
    seen.add(real);
    return true;
  });
}

interface Found {
  readonly distributions: Map<string, string>;
  readonly metadata: Map<string, string>;
}

/** What stands first on the path wins, as it does when it is imported. */
function addDistributions(reader: Reader, folder: string, into: Found): void {
  for (const name of reader.list(folder)?.names ?? []) {
    const match = METADATA.exec(name);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const key = normaliseName(match[1]);
    if (!into.distributions.has(key)) into.distributions.set(key, match[2]);
    if (name.endsWith('.dist-info') && !into.metadata.has(key)) into.metadata.set(key, join(folder, name));
  }
}
