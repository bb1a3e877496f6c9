import type { Fact } from '../../../inspect/fact.ts';
import type { Application } from '../../application.ts';
import type { RunFacts } from '../../facts.ts';
import { fail, take, type Verdict } from '../../verdict.ts';
import { portOf } from '../port.ts';
import { serving } from '../serving.ts';
import { workersOf } from '../workers.ts';
import { graceful } from './grace.ts';
import { splitWords, workersIn } from './words.ts';

/** gunicorn with an application (B55, B56): default arguments unless APP_CONFIG or GUNICORN_CMD_ARGS is set. */
export function serveWithGunicorn(facts: RunFacts, application: Application): Verdict {
  const config = facts.settings.text('APP_CONFIG');
  const given = facts.settings.text('GUNICORN_CMD_ARGS');
  const words = given === undefined ? [] : splitWords(given.value);
  if (given !== undefined && words === undefined) {
    return fail({ kind: 'unbalanced-quote', setting: 'GUNICORN_CMD_ARGS', value: given.value });
  }
  const missing = missingConfiguration(facts, config);
  if (missing !== undefined) return missing;
  const custom = config !== undefined || given !== undefined;
  const workers = workersOf(facts, application.interface === 'asgi' ? 'async' : 'sync');
  const manner = ` with ${custom ? 'custom' : 'default'} settings`;
  const grace = graceful(facts);
  const ours = [`--bind=0.0.0.0:${portOf(facts.settings)}`, '--access-logfile=-', ...forReadOnly(facts)];
  const options = [...(custom ? (words ?? []) : ours), ...grace.options, '--config', config?.value ?? ''];
  const argv = ['gunicorn', application.name, ...workerFor(facts, application, options), ...options] as const;
  const own = workersIn(words ?? []);
  const served = { server: 'gunicorn', workers, argv, counts: 'by WEB_CONCURRENCY', manner } as const;
  const made = serving(facts, application, own === undefined ? served : { ...served, own });
  const draft = { ...made, lines: [...made.lines, ...grace.lines] };
  return take(custom ? { ...draft, uses: ['WEB_CONCURRENCY'] } : draft);
}

/**
 * What gunicorn would write outside of memory (V10): its control socket below HOME, since 25.1, and the files by which workers
 * tell that they live. A configuration file in the folder may choose both.
 */
function forReadOnly({ serving, configuration, place, appHome, sharedMemory }: RunFacts): readonly string[] {
  const file = appHome.path === place.directory ? configuration.is : serving?.configuration.is;
  if (file !== 'absent') return [];
  const [major = 0, minor = 0] = (serving?.servers.gunicorn ?? '').split('.').map(Number);
  const hasSocket = major > 25 || (major === 25 && minor >= 1);
  return [...(hasSocket ? ['--no-control-socket'] : []), ...(sharedMemory ? ['--worker-tmp-dir=/dev/shm'] : [])];
}

/** uvicorn's worker for ASGI, unless the arguments or the configuration choose one. */
function workerFor({ serving }: RunFacts, application: Application, words: readonly string[]): readonly string[] {
  const chosen = words.some((word) => /^(?:-k|--worker-class)/.test(word)) || serving?.workerClass === 'given';
  if (application.interface !== 'asgi' || chosen || serving?.uvicornWorker === undefined) return [];
  return [`--worker-class=${serving.uvicornWorker}`];
}

/** B58: the path is relative to APP_HOME. */
function missingConfiguration(facts: RunFacts, config: Fact<string> | undefined): Verdict | undefined {
  if (config === undefined || config.value.startsWith('python:') || facts.serving?.configuration.is !== 'absent')
    return undefined;
  return fail({
    kind: 'app-file-missing',
    setting: 'APP_CONFIG',
    value: config.value,
    directory: facts.appHome.path,
    similar: facts.serving.similarConfiguration,
  });
}
