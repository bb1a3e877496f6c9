import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** uvicorn; the number of workers reaches it by WEB_CONCURRENCY (docs/upstream/servers.md V2), a module alone it refuses (V14). */
export function serveWithUvicorn(facts: RunFacts, application: Application): Verdict {
  const { target, isFactory } = splitFactory(withVariable(application));
  const workers = workersOf(facts, 'async');
  const argv = [
    'uvicorn',
    target,
    ...(isFactory ? ['--factory'] : []),
    '--host',
    '0.0.0.0',
    '--port',
    String(portOf(facts.settings)),
    '--timeout-graceful-shutdown',
    String(graceOf(facts.settings)),
  ] as const;
  return take(serving(facts, application, { server: 'uvicorn', workers, argv, counts: 'by WEB_CONCURRENCY' }));
}
