import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { fail, take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { gracefulDaphne } from './stop.ts';

/** daphne: one process, and no factories. */
export function serveWithDaphne(facts: RunFacts, application: Application): Verdict {
  const target = withVariable(application);
  if (splitFactory(target).isFactory) return fail({ kind: 'no-factory', server: 'daphne', application: application.name });
  const workers = { count: 1, why: 'daphne has one process; WEB_CONCURRENCY does not change that' };
  const port = String(portOf(facts.settings));
  const argv = ['python', '-c', gracefulDaphne(graceOf(facts.settings)), '--bind', '0.0.0.0', '--port', port, target] as const;
  return take({ ...serving(facts, application, { server: 'daphne', workers, argv }), uses: ['PORT'] });
}
