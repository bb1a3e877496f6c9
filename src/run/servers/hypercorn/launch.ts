import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** hypercorn; it evaluates `module:factory()` itself, and is told which protocol a WSGI application speaks. */
export function serveWithHypercorn(facts: RunFacts, application: Application): Verdict {
  const workers = workersOf(facts, application.interface === 'wsgi' ? 'sync' : 'async');
  const target = withVariable(application);
  const argv = [
    'hypercorn',
    application.interface === 'wsgi' ? `wsgi:${target}` : target,
    '--bind',
    `0.0.0.0:${portOf(facts.settings)}`,
    '--workers',
    String(workers.count),
    '--access-logfile',
    '-',
    '--graceful-timeout',
    String(graceOf(facts.settings)),
  ] as const;
  return take(serving(facts, application, { server: 'hypercorn', workers, argv }));
}
