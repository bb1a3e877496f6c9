import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';
import { gracefulWaitress } from './stop.ts';

/** waitress's own default. */
const LEAST_THREADS = 4;

/** waitress: one process with threads. */
export function serveWithWaitress(facts: RunFacts, application: Application): Verdict {
  const { target, isFactory } = splitFactory(withVariable(application));
  const counted = workersOf(facts, 'sync');
  const given = facts.settings.integer('WEB_CONCURRENCY') !== undefined;
  const threads = given ? counted.count : Math.max(counted.count, LEAST_THREADS);
  const workers = { count: 1, why: `waitress has one process; it gets ${threads} threads: ${counted.why}` };
  const argv = [
    'python',
    '-c',
    gracefulWaitress(graceOf(facts.settings)),
    `--listen=0.0.0.0:${portOf(facts.settings)}`,
    `--threads=${threads}`,
    ...(isFactory ? ['--call'] : []),
    target,
  ] as const;
  return take(serving(facts, application, { server: 'waitress', workers, argv }));
}
