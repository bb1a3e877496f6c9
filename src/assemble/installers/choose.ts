import type { Source } from '../../inspect/fact.ts';
import { fromEnvironment, fromFile } from '../../inspect/fact.ts';
import type { Rejected } from '../../run/launch.ts';
import type { AssembleFacts } from '../facts.ts';

export type InstallerName = 'pip' | 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'micropipenv' | 'none';

export interface InstallerChoice {
  readonly installer: InstallerName;
  /** The manifest it reads; undefined when there is none (pipenv, uv) or it looks for itself (micropipenv: B31). */
  readonly manifest: string | undefined;
  readonly source: Source;
  readonly rejected: readonly Rejected[];
}

type Facts = Pick<AssembleFacts, 'settings' | 'project'>;

/** A manifest of the project that decides what is installed, and the tool that reads it. */
export interface ManifestFound {
  readonly file: string;
  readonly installer: Exclude<InstallerName, 'none' | 'micropipenv'>;
  /** It holds exact versions. */
  readonly lock: boolean;
}

/** Upstream's switches (B29, B31). */
const SWITCHES = [
  ['ENABLE_PIPENV', 'pipenv'],
  ['ENABLE_MICROPIPENV', 'micropipenv'],
] as const;

/** What of the project could be installed from, in the order in which it is taken. */
export function findManifests({ project }: Pick<Facts, 'project'>): readonly ManifestFound[] {
  const { requirements, locks, pipfile } = project;
  // Of several locks of PEP 751 the one without a name counts.
  const named = locks.filter(({ kind, file }) => kind !== 'pylock' || file === 'pylock.toml' || !has(locks, 'pylock.toml'));
  return [
    ...(requirements === undefined ? [] : [{ file: 'requirements.txt', installer: 'pip', lock: false } as const]),
    ...named.map(({ kind, file }) => ({ file, installer: kind === 'pylock' ? 'uv' : kind, lock: true }) as const),
    ...(pipfile.lock ? [{ file: 'Pipfile.lock', installer: 'pipenv', lock: true } as const] : []),
    ...(pipfile.pipfile && !pipfile.lock ? [{ file: 'Pipfile', installer: 'pipenv', lock: false } as const] : []),
  ];
}

function has(locks: Facts['project']['locks'], file: string): boolean {
  return locks.some((lock) => lock.file === file);
}

/** Which tool installs the dependencies: a setting, else requirements.txt (B19, B29, B31, B32), else a lock. */
export function chooseInstaller({ settings, project }: Facts): InstallerChoice {
  const rejected: Rejected[] = [];
  for (const [name, installer] of SWITCHES) {
    if (settings.on(name).value) return switched({ settings, project }, name, installer, rejected);
    if (settings.text('S2I_PACKAGE_MANAGER') === undefined)
      rejected.push({ candidate: installer, where: '', reason: `${name} is not set` });
  }
  const found = findManifests({ project });
  const manager = settings.text('S2I_PACKAGE_MANAGER');
  if (manager !== undefined) return managed(manager.value as Exclude<InstallerName, 'none'>, found);
  const [first, ...others] = found;
  rejected.push(...others.map((other) => unused(other)));
  if (first?.file !== 'requirements.txt') rejected.push({ candidate: 'requirements.txt', where: '', reason: 'does not exist' });
  if (first === undefined) return { installer: 'none', manifest: undefined, source: { from: 'default' }, rejected };
  return { installer: first.installer, manifest: first.file, source: fromFile(first.file), rejected };
}

/** As upstream has it. */
function switched(
  { project }: Facts,
  name: (typeof SWITCHES)[number][0],
  installer: 'pipenv' | 'micropipenv',
  before: readonly Rejected[],
): InstallerChoice {
  const pipfile = project.pipfile.pipfile ? 'Pipfile' : undefined;
  const requirements = project.requirements === undefined ? undefined : 'requirements.txt';
  const both = installer === 'pipenv' && pipfile !== undefined && requirements !== undefined;
  const rejected = both ? [{ candidate: 'requirements.txt', where: '', reason: 'Pipenv reads Pipfile' }] : [];
  const manifest = installer === 'pipenv' ? (pipfile ?? requirements) : undefined;
  return { installer, manifest, source: fromEnvironment(name), rejected: [...before, ...rejected] };
}

/** What each tool takes when it is asked for by name. uv reads more than its own lock. */
const TAKES: Readonly<Record<Exclude<InstallerName, 'none' | 'micropipenv'>, RegExp>> = {
  pip: /^requirements\.txt$/,
  uv: /^(uv\.lock|pylock(\..+)?\.toml|requirements\.txt)$/,
  poetry: /^poetry\.lock$/,
  pdm: /^pdm\.lock$/,
  pipenv: /^Pipfile(\.lock)?$/,
};

function managed(installer: Exclude<InstallerName, 'none'>, found: readonly ManifestFound[]): InstallerChoice {
  const source = fromEnvironment('S2I_PACKAGE_MANAGER');
  if (installer === 'micropipenv') return { installer, manifest: undefined, source, rejected: [] };
  const suitable = found.filter(({ file }) => TAKES[installer].test(file));
  // requirements.txt comes last when uv is asked for: it would not have been, for that alone.
  const taken = suitable.find(({ lock }) => lock) ?? suitable[0];
  const rejected = found.filter((one) => one !== taken).map((one) => rejectedByManager(one, installer));
  return { installer: taken === undefined && installer === 'pip' ? 'none' : installer, manifest: taken?.file, source, rejected };
}

function rejectedByManager(manifest: ManifestFound, installer: InstallerName): Rejected {
  return { candidate: manifest.file, where: '', reason: `S2I_PACKAGE_MANAGER=${installer} decides` };
}

/** Beside what is used, and what would make it count. */
function unused({ file, installer, lock }: ManifestFound): Rejected {
  const also = file === 'poetry.lock' || file === 'Pipfile.lock' ? ', or ENABLE_MICROPIPENV,' : '';
  const reason = lock || file === 'Pipfile' ? `S2I_PACKAGE_MANAGER=${installer}${also} would use it` : 'a lock is used';
  return { candidate: file, where: '', reason };
}

/** Whether the tool tells what its manifest names, and what it tells is installed by hash without giving it the environment. */
export function isExported({ installer, manifest, source }: InstallerChoice): boolean {
  switch (installer) {
    case 'uv':
      return manifest === 'uv.lock';
    case 'poetry':
    case 'pdm':
      return manifest !== undefined;
    case 'pipenv':
      return manifest !== undefined && !(source.from === 'environment' && source.name === 'ENABLE_PIPENV');
    default:
      return false;
  }
}
