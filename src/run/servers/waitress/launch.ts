import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** waitress's own default. */
const LEAST_THREADS = 4;

/** waitress: one process with threads. It has no handler for TERM, so as process 1 it needs an init (V8). */
export function serveWithWaitress(facts: RunFacts, application: Application): Verdict {
  const { target, isFactory } = splitFactory(withVariable(application));
  const counted = workersOf(facts, 'sync');
  const given = facts.settings.integer('WEB_CONCURRENCY') !== undefined;
  const threads = given ? counted.count : Math.max(counted.count, LEAST_THREADS);
  const workers = { count: 1, why: `waitress has one process; it gets ${threads} threads: ${counted.why}` };
  const { port, ...shared } = serving(facts, application, { server: 'waitress', workers });
  return take({
    ...shared,
    argv: ['waitress-serve', `--listen=0.0.0.0:${port}`, `--threads=${threads}`, ...(isFactory ? ['--call'] : []), target],
    init: 'wanted',
  });
}
