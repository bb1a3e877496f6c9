import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { normaliseName } from '../../src/inspect/installed.ts';
import { networkEnvironment } from '../root/applications.ts';

/** What the index offers, and uv as the full image has it. */
export interface Downloads {
  /** Folder of wheels. */
  readonly wheels: string;
  /** docs/decisions/0011-tools-packed.md */
  readonly uv: string;
}

/** The package that there is in two versions. */
const BUMPED = 'requests';

/** Downloads once what is not in `folder` yet: `packages` with what they need, an older version of one, and uv. */
export async function provideDownloads(project: string, folder: string, packages: readonly string[]): Promise<Downloads> {
  const done = { wheels: join(folder, 'wheels'), uv: join(folder, 'tools/uv.tar.gz') };
  if (existsSync(done.uv)) return done;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  // Only what is complete gets the name.
  const part = mkdtempSync(`${folder}-`);
  try {
    await download(part, packages);
    await packUv(project, part);
    rmSync(join(part, 'venv'), { recursive: true });
    renameSync(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return done;
}

async function download(folder: string, packages: readonly string[]): Promise<void> {
  const options = { env: networkEnvironment(), extendEnv: false };
  await execa('/usr/bin/python3', ['-m', 'venv', join(folder, 'venv')], options);
  const wheels = join(folder, 'wheels');
  const words = ['download', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--dest', wheels];
  await execa(join(folder, 'venv/bin/pip'), [...words, ...packages], options);
  const newest = requirementsOf(readdirSync(wheels)).get(BUMPED);
  await execa(join(folder, 'venv/bin/pip'), [...words, '--no-deps', `${BUMPED}<${newest}`], options);
}

async function packUv(project: string, folder: string): Promise<void> {
  const locks = join(folder, 'venv/locks');
  mkdirSync(locks);
  await execa('cp', [join(project, 'images/build/tools/uv.txt'), locks]);
  const script = [join(project, 'images/build/pack-tools.py'), locks, join(folder, 'tools')];
  await execa('/usr/bin/python3', script, { env: networkEnvironment(), extendEnv: false });
}

/** Versions by name of the wheels with these file names; of two the newer. */
export function requirementsOf(wheels: readonly string[]): ReadonlyMap<string, string> {
  return versions(wheels, (one, other) => compareVersions(one, other) > 0);
}

/** The same, but of two versions the older. */
export function olderRequirementsOf(wheels: readonly string[]): ReadonlyMap<string, string> {
  return versions(wheels, (one, other) => compareVersions(one, other) < 0);
}

function versions(wheels: readonly string[], replaces: (one: string, other: string) => boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const wheel of wheels.toSorted()) {
    const [name = '', version = ''] = wheel.split('-');
    const known = found.get(normaliseName(name));
    if (known === undefined || replaces(version, known)) found.set(normaliseName(name), version);
  }
  return found;
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
