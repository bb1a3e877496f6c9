import type { RunFacts } from '../../facts.ts';
import { pass, take, type Verdict } from '../../verdict.ts';
import { listeningOn, portOf } from '../port.ts';

/** Django's development server, when no other server is there (B62). */
export function runserver(facts: RunFacts): Verdict {
  const { serving } = facts;
  if (serving === undefined) return pass();
  const where = facts.appHome.path;
  if (serving.django === undefined)
    return pass({ candidate: 'Django', where: 'the virtual environment', reason: 'not installed' });
  if (!serving.managePy) return pass({ candidate: "Django's development server", where, reason: 'manage.py is not there' });
  const address = `0.0.0.0:${portOf(facts.settings)}`;
  return take({
    server: 'django-runserver',
    application: 'manage.py',
    argv: ['python', './manage.py', 'runserver', address],
    environment: listeningOn(facts),
    lines: [
      { level: 'step', text: `Serving application with 'manage.py runserver ${address}' ...` },
      { level: 'warning', text: 'this is NOT a recommended way to run you application in production!' },
      { level: 'info', text: 'Consider using gunicorn or some other production web server.' },
    ],
    why: 'Django is installed, manage.py is there, and no server can serve the project',
    because: [{ from: 'installed', distribution: 'Django' }],
    migrates: 'yes',
    init: 'wanted',
    uses: ['PORT'],
  });
}
