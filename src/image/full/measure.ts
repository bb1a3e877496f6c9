import { pruneCommands } from '../application.ts';
import { MARK, parseVersions, results } from '../measured.ts';
import { type Distribution, LEFT_OUT, type LeftOut, PACKAGE_GROUPS, type PackageGroup } from '../spec/distribution.ts';
import type { MeasuredFull } from './measured.ts';

/**
 * A shell script for a container of the base image, as root: installs group after group, as the Dockerfile does at once, and
 * says after each how large all files are. Shared dependencies fall to the group that comes first.
 */
export function groupScript(distribution: Distribution): string {
  const { packageManager, packages, leftOut, locale, prune } = distribution;
  const install = (list: readonly string[]) => (list.length === 0 ? ':' : packageManager.install(list));
  return [
    `size() { echo "${MARK} $1 $(find / -xdev -type f -printf '%i %s\\n' | sort -u | awk '{ sum += $2 } END { print sum }')"; }`,
    ...packageManager.refresh,
    'size base',
    ...groupNames().flatMap((group) => [install(packages[group]), `size ${group}`]),
    ...locale,
    'size locale',
    ...pruneCommands(prune),
    'size pruned',
    ...leftOutNames().flatMap((name) => [install(leftOut[name]), `size ${name}`]),
  ].join('\n');
}

/** A shell script for a container of the finished image: versions of what people ask about. */
export const VERSION_SCRIPT = [
  ['Python', 'python --version'],
  ['pip', 'pip --version'],
  ['Node', 'node --version'],
  ['npm', 'npm --version'],
  ['GCC', 'gcc -dumpfullversion'],
  ['Apache', '$(apxs -q sbindir)/$(apxs -q progname) -v'],
  ['git', 'git --version'],
  ['glibc', 'ldd --version'],
  ['OpenSSL', `python -c 'import ssl; print(ssl.OPENSSL_VERSION)'`],
  ['SQLite', `python -c 'import sqlite3; print(sqlite3.sqlite_version)'`],
]
  .map(([name, command]) => `echo "${MARK} ${name} $(${command} 2>&1 | head -n 1)"`)
  .join('\n');

/** Reads the lines of both scripts: the differences between sizes, and the first number of each version. */
export function parseMeasurement(groupLines: readonly string[], versionLines: readonly string[]): Omit<MeasuredFull, 'layers'> {
  const sizes = new Map(results(groupLines).map(({ name, text }) => [name, Number(text)]));
  const steps = [...sizes.keys()];
  const added = (name: string) => {
    const before = steps[steps.indexOf(name) - 1];
    const [size, previous] = [sizes.get(name), before === undefined ? undefined : sizes.get(before)];
    if (size === undefined || previous === undefined) throw new Error(`the measurement of ${name} is missing`);
    return size - previous;
  };
  return {
    versions: parseVersions(versionLines),
    groups: Object.fromEntries(groupNames().map((name) => [name, added(name)])) as Record<PackageGroup, number>,
    leftOut: Object.fromEntries(leftOutNames().map((name) => [name, added(name)])) as Record<LeftOut, number>,
    locale: added('locale'),
    pruned: -added('pruned'),
  };
}

function groupNames(): readonly PackageGroup[] {
  return Object.keys(PACKAGE_GROUPS) as PackageGroup[];
}

function leftOutNames(): readonly LeftOut[] {
  return Object.keys(LEFT_OUT) as LeftOut[];
}
