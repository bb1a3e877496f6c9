import type { Source } from '../../inspect/fact.ts';
import { fromEnvironment, fromFile } from '../../inspect/fact.ts';
import type { Rejected } from '../../run/launch.ts';
import type { AssembleFacts } from '../facts.ts';

export type InstallerName = 'pip' | 'pipenv' | 'micropipenv' | 'none';

export interface InstallerChoice {
  readonly installer: InstallerName;
  /** The manifest it reads; undefined when there is none (pipenv) or it looks for itself (micropipenv: B31). */
  readonly manifest: string | undefined;
  readonly source: Source;
  readonly rejected: readonly Rejected[];
}

/** What would make a lock count. */
const LOCKS: Readonly<Record<string, string>> = {
  'Pipfile.lock': 'ENABLE_PIPENV or ENABLE_MICROPIPENV would use it',
  'poetry.lock': 'ENABLE_MICROPIPENV would use it',
};

type Facts = Pick<AssembleFacts, 'settings' | 'project'>;

/** Which tool installs the dependencies: a switch, else requirements.txt (B19, B29, B31, B32). */
export function chooseInstaller({ settings, project }: Facts): InstallerChoice {
  const rejected: Rejected[] = [];
  const pipfile = project.pipfile.pipfile ? 'Pipfile' : undefined;
  const requirements = project.requirements === undefined ? undefined : 'requirements.txt';
  for (const [name, installer] of [
    ['ENABLE_PIPENV', 'pipenv'],
    ['ENABLE_MICROPIPENV', 'micropipenv'],
  ] as const) {
    if (settings.on(name).value) {
      const manifest = installer === 'pipenv' ? (pipfile ?? requirements) : undefined;
      if (installer === 'pipenv' && pipfile !== undefined && requirements !== undefined) {
        rejected.push({ candidate: 'requirements.txt', where: '', reason: 'Pipenv reads Pipfile' });
      }
      return { installer, manifest, source: fromEnvironment(name), rejected };
    }
    rejected.push({ candidate: installer, where: '', reason: `${name} is not set` });
  }
  for (const lock of [...(project.pipfile.lock ? ['Pipfile.lock'] : []), ...project.unusedLocks]) {
    rejected.push({
      candidate: lock,
      where: '',
      reason: LOCKS[lock] ?? 'no installer here reads it',
    });
  }
  if (requirements !== undefined) return { installer: 'pip', manifest: requirements, source: fromFile(requirements), rejected };
  rejected.push({ candidate: 'requirements.txt', where: '', reason: 'does not exist' });
  return { installer: 'none', manifest: undefined, source: { from: 'default' }, rejected };
}
