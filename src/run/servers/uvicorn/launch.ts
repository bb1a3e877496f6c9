import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { splitFactory } from '../factory.ts';
import { GRACE, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** uvicorn; the number of workers reaches it by WEB_CONCURRENCY (docs/upstream/servers.md V2). */
export function serveWithUvicorn(facts: RunFacts, application: Application): Verdict {
  const { target, isFactory } = splitFactory(application.name);
  const workers = workersOf(facts, 'async');
  const { port, ...shared } = serving(facts, application, { server: 'uvicorn', workers });
  return take({
    ...shared,
    argv: [
      'uvicorn',
      target,
      ...(isFactory ? ['--factory'] : []),
      '--host',
      '0.0.0.0',
      '--port',
      port,
      '--timeout-graceful-shutdown',
      String(GRACE),
    ],
    environment: { ...shared.environment, set: { ...shared.environment.set, WEB_CONCURRENCY: String(workers.count) } },
  });
}
