import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { fail, take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { serving } from '../serving.ts';

/** daphne: one process, and no factories. */
export function serveWithDaphne(facts: RunFacts, application: Application): Verdict {
  const target = withVariable(application);
  if (splitFactory(target).isFactory) return fail({ kind: 'no-factory', server: 'daphne', application: application.name });
  const workers = { count: 1, why: 'daphne has one process; WEB_CONCURRENCY does not change that' };
  const { port, ...shared } = serving(facts, application, { server: 'daphne', workers });
  return take({ ...shared, argv: ['daphne', '--bind', '0.0.0.0', '--port', port, target], uses: ['PORT'] });
}
