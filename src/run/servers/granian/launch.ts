import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { splitFactory, withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/** granian; it has to be told the protocol. */
export function serveWithGranian(facts: RunFacts, application: Application): Verdict {
  const protocol = application.interface === 'wsgi' ? 'wsgi' : 'asgi';
  const { target, isFactory } = splitFactory(withVariable(application));
  const workers = workersOf(facts, protocol === 'wsgi' ? 'sync' : 'async');
  const argv = [
    'granian',
    '--interface',
    protocol,
    ...(isFactory ? ['--factory'] : []),
    '--host',
    '0.0.0.0',
    '--port',
    String(portOf(facts.settings)),
    '--workers',
    String(workers.count),
    '--workers-kill-timeout',
    String(graceOf(facts.settings)),
    '--access-log',
    target,
  ] as const;
  return take(serving(facts, application, { server: 'granian', workers, argv }));
}
