import type { EnvironmentPatch } from '../execute/effect.ts';
import type { Plan, Step } from '../execute/plan.ts';
import type { Notice } from '../failures/notice.ts';
import type { RunFacts } from './facts.ts';

/** What runs before the launch: the migration of a Django project's database (B51). */
export function planPreparation(facts: RunFacts, environment: EnvironmentPatch, migrates: 'yes' | 'no'): Plan {
  const { serving, settings } = facts;
  const wanted = migrates === 'yes' && serving?.django !== undefined && !settings.on('DISABLE_MIGRATE').value;
  const steps = wanted && serving.managePy ? [migration(facts.appHome.path, environment)] : [];
  return { format: 1, stage: 'prepare', notices: wanted && !serving.managePy ? NO_MANAGE_PY : [], steps };
}

/** The incumbent's two lines about a Django project without manage.py (B51). */
const NO_MANAGE_PY: readonly Notice[] = [
  { kind: 'text', level: 'warning', text: "seems that you're using Django, but we could not find a 'manage.py' file." },
  { kind: 'text', level: 'info', text: "Skipped 'python manage.py migrate'." },
];

function migration(directory: string, environment: EnvironmentPatch): Step {
  return {
    id: 'migrate',
    title: 'Migrating database ...',
    why: 'Django is installed, manage.py is there, and DISABLE_MIGRATE is not set',
    because: [{ from: 'installed', distribution: 'Django' }],
    effect: {
      kind: 'run',
      command: { argv: ['python', './manage.py', 'migrate', '--noinput'], directory, environment, output: 'pass' },
    },
    onFailure: { do: 'fail', role: 'migrate' },
  };
}
