import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { withVariable } from '../factory.ts';
import { portOf } from '../port.ts';
import { graceOf, serving } from '../serving.ts';
import { workersOf } from '../workers.ts';

/**
 * uWSGI with a master process. By itself TERM drops the requests; as at a reload, which does not come, the master lets them end
 * for as long as its mercy lasts (V9). It ends when the application cannot be imported, instead of answering every request
 * with an error.
 */
export function serveWithUwsgi(facts: RunFacts, application: Application): Verdict {
  const workers = workersOf(facts, 'sync');
  const argv = [
    'uwsgi',
    '--http-socket',
    `0.0.0.0:${portOf(facts.settings)}`,
    '--module',
    withVariable(application),
    '--master',
    '--processes',
    String(workers.count),
    '--need-app',
    '--die-on-term',
    '--hook-master-start',
    'unix_signal:15 grace_them_all',
    '--exit-on-reload',
    '--worker-reload-mercy',
    String(graceOf(facts.settings)),
  ] as const;
  return take(serving(facts, application, { server: 'uwsgi', workers, argv }));
}
