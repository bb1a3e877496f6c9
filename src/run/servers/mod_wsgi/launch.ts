import type { Application } from '../../application.ts';
import type { RunFacts, ServingFacts } from '../../facts.ts';
import { TEMPORARY } from '../../launch.ts';
import { fail, take, type Verdict } from '../../verdict.ts';
import { portOf } from '../port.ts';
import { servedIn } from '../serving.ts';
import { workersOf } from '../workers.ts';
import { gracefulStop } from './stop.ts';

/** mod_wsgi-express's own default, stated. */
const THREADS = 5;

/** mod_wsgi-express with an application: as many processes as gunicorn would have workers. */
export function serveWithModWsgi(facts: RunFacts, application: Application): Verdict {
  if (!facts.shell) return fail({ kind: 'no-shell', subject: 'mod_wsgi', program: '/bin/sh', python: facts.python });
  const [module = '', variable = 'application'] = application.name.split(':');
  if (!/^\w+$/u.test(variable)) {
    const expected = 'module:variable (mod_wsgi calls no factory)';
    return fail({
      kind: 'setting-value',
      setting: 'APP_MODULE',
      value: application.name,
      expected,
      example: `${module}:application`,
    });
  }
  const workers = workersOf(facts, 'sync');
  const express = [
    'mod_wsgi-express',
    'start-server',
    ...argumentsFor(facts, application, workers.count),
    '--callable-object',
    variable,
    module,
  ] as const;
  const stop = gracefulStop(facts.settings.integer('S2I_GRACE_PERIOD')?.value);
  const bare = facts.settings.text('S2I_INIT')?.value === 'off';
  const ignored = facts.settings.text('APP_CONFIG') ?? facts.settings.text('GUNICORN_CMD_ARGS');
  const name = facts.settings.text('APP_CONFIG') === undefined ? 'GUNICORN_CMD_ARGS' : 'APP_CONFIG';
  return take({
    server: 'mod_wsgi',
    application: application.name,
    imports: application.name,
    ...(bare
      ? bareLaunch(facts, express)
      : { argv: ['/bin/sh', '-c', stop, 'mod_wsgi', TEMPORARY, ...rooted(express)], temporary: 's2i-mod_wsgi-' }),
    environment: servedIn(facts, application),
    lines: [
      { level: 'step', text: `Serving application with mod_wsgi (${application.name}) ...` },
      { level: 'info', text: `Workers: ${workers.count} with ${THREADS} threads each (${workers.why})` },
      ...application.lines,
      ...(ignored === undefined
        ? []
        : [{ level: 'info', text: `${name} is not used: it is gunicorn's, and mod_wsgi serves.` } as const]),
    ],
    why: application.why,
    because: application.because,
    migrates: 'yes',
    init: 'own',
    uses: ['PORT', 'WEB_CONCURRENCY'],
  });
}

type Argv = readonly [string, ...string[]];

/** Its files go to a fresh directory: what another user prepared in /tmp is never read. */
function rooted([program, command, ...words]: readonly string[]): readonly string[] {
  return [program ?? '', command ?? '', '--server-root', TEMPORARY, ...words];
}

/** Without our parent root's workers could not enter a private directory, so there it chooses its own. */
function bareLaunch(facts: RunFacts, express: Argv): { readonly argv: Argv; readonly temporary?: string } {
  if (facts.identity.uid === 0) return { argv: express };
  const [program, ...words] = rooted(express);
  return { argv: [program ?? express[0], ...words], temporary: 's2i-mod_wsgi-' };
}

function argumentsFor(facts: RunFacts, application: Application, processes: number): readonly string[] {
  return [
    '--application-type',
    'module',
    '--port',
    String(portOf(facts.settings)),
    '--processes',
    String(processes),
    '--threads',
    String(THREADS),
    '--log-to-terminal',
    '--access-log',
    '--working-directory',
    facts.appHome.path,
    ...(servedIn(facts, application).set.PYTHONPATH ?? facts.environment.set.PYTHONPATH ?? '')
      .split(':')
      .filter((folder) => folder !== '')
      .flatMap((folder) => ['--python-path', folder]),
    // Apache refuses to serve as root; files of the application belong to group 0.
    ...(facts.identity.uid === 0 ? ['--user', 'nobody', '--group', 'root'] : []),
    ...trust(facts.serving),
  ];
}

/** FORWARDED_ALLOW_IPS as gunicorn reads it: addresses and networks, `*` for every proxy, empty for none. */
function trust(serving: ServingFacts | undefined): readonly string[] {
  const proxies = (serving?.forwardedAllowIps ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  if (proxies.length === 0) return [];
  // What gunicorn takes from a proxy is the scheme; the client's address is left to the application in both.
  const headers = ['--trust-proxy-header', 'X-Forwarded-Proto'];
  return proxies.includes('*') ? headers : [...headers, ...proxies.flatMap((proxy) => ['--trust-proxy', proxy])];
}
