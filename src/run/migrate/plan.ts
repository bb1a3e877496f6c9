import type { Command, EnvironmentPatch } from '../../execute/effect.ts';
import type { Plan, Step } from '../../execute/plan.ts';
import type { Notice } from '../../failures/notice.ts';
import type { RunFacts } from '../facts.ts';
import { MIGRATE } from './program.ts';

/** `start`: as the incumbent. `lock`: one process at a time. `prefer`: likewise, where the database can. */
export type MigrateMode = 'start' | 'lock' | 'prefer';

/** What runs before the launch: the migration of a Django project's database (B51). `application` is what is started. */
export function planPreparation(
  facts: RunFacts,
  environment: EnvironmentPatch,
  { migrates, application }: { readonly migrates: 'yes' | 'no'; readonly application: string },
): Plan {
  const { serving, settings } = facts;
  const mode = settings.text('S2I_MIGRATE')?.value;
  const plan = (notices: readonly Notice[], steps: readonly Step[] = []): Plan => ({
    format: 1,
    stage: 'prepare',
    notices,
    steps,
  });
  if (migrates === 'no') return plan(mode === 'lock' ? [ignored(`${application} decides what it does first`)] : []);
  if (serving?.django === undefined) return plan([]);
  if (settings.on('DISABLE_MIGRATE').value) return plan(mode === 'lock' || mode === 'start' ? [ignored(DISABLED, mode)] : []);
  if (mode === 'never') return plan([{ kind: 'text', level: 'info', text: 'The database is not migrated (S2I_MIGRATE=never).' }]);
  if (!serving.managePy) return plan(NO_MANAGE_PY);
  return plan([], [migration(facts, environment, mode === 'lock' ? 'lock' : 'start')]);
}

const DISABLED = 'DISABLE_MIGRATE is set, so nothing is migrated; unset it';

function ignored(reason: string, mode?: string): Notice {
  return mode === undefined
    ? { kind: 'setting-ignored', setting: 'S2I_MIGRATE', reason }
    : { kind: 'text', level: 'warning', text: `S2I_MIGRATE=${mode} is not obeyed: ${reason}.` };
}

/** The incumbent's two lines about a Django project without manage.py (B51). */
const NO_MANAGE_PY: readonly Notice[] = [
  { kind: 'text', level: 'warning', text: "seems that you're using Django, but we could not find a 'manage.py' file." },
  { kind: 'text', level: 'info', text: "Skipped 'python manage.py migrate'." },
];

/** Seconds: a database is mostly there within one of a container's lives, and a migration may take its time. */
const DATABASE_TIMEOUT = 60;
const MIGRATE_TIMEOUT = 600;

/** The step that migrates. */
export function migration({ appHome, settings }: RunFacts, environment: EnvironmentPatch, mode: MigrateMode): Step {
  const patience = settings.integer('S2I_DATABASE_TIMEOUT')?.value ?? DATABASE_TIMEOUT;
  const limit = settings.integer('S2I_MIGRATE_TIMEOUT')?.value ?? MIGRATE_TIMEOUT;
  const argv: Command['argv'] = [
    'python',
    ...['-c', MIGRATE, mode, String(patience), String(limit)],
    ...['./manage.py', 'migrate', '--noinput'],
  ];
  return {
    id: 'migrate',
    title: 'Migrating database ...',
    why: mode === 'start' ? 'Django is installed, manage.py is there, and DISABLE_MIGRATE is not set' : WHY[mode],
    because: [{ from: 'installed', distribution: 'Django' }],
    effect: { kind: 'run', command: { argv, directory: appHome.path, environment, output: 'pass' } },
    onFailure: { do: 'fail', role: 'migrate' },
  };
}

const WHY = {
  lock: 'S2I_MIGRATE=lock: one process at a time',
  prefer: 'it was asked for: one process at a time, where the database has locks',
} as const;
