import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { withVariable } from '../factory.ts';
import { GRACE, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** hypercorn; it evaluates `module:factory()` itself, and is told which protocol a WSGI application speaks. */
export function serveWithHypercorn(facts: RunFacts, application: Application): Verdict {
  const workers = workersOf(facts, application.interface === 'wsgi' ? 'sync' : 'async');
  const { port, ...shared } = serving(facts, application, { server: 'hypercorn', workers });
  const target = withVariable(application);
  return take({
    ...shared,
    argv: [
      'hypercorn',
      application.interface === 'wsgi' ? `wsgi:${target}` : target,
      '--bind',
      `0.0.0.0:${port}`,
      '--workers',
      String(workers.count),
      '--access-logfile',
      '-',
      '--graceful-timeout',
      String(GRACE),
    ],
  });
}
