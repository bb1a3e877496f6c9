import { fromFile } from '../../../inspect/fact.ts';
import type { RunFacts } from '../../facts.ts';
import { pass, take, type Verdict } from '../../verdict.ts';
import { listeningOn } from '../port.ts';
import { readsApplication, whyNotUsed } from './configuration.ts';
import { graceful } from './grace.ts';

const FILE = 'gunicorn.conf.py';

/** B40: gunicorn.conf.py in the directory of the source that sets `wsgi_app` comes before everything else. */
export function shortcut(facts: RunFacts): Verdict {
  const reason = whyNotUsed(facts.configuration, facts.settings);
  if (reason !== undefined) return pass({ candidate: FILE, where: facts.place.directory, reason });
  const grace = graceful(facts);
  return take({
    server: 'gunicorn',
    application: FILE,
    argv: ['gunicorn', ...grace.options],
    directory: facts.place.directory,
    environment: listeningOn(facts),
    lines: [
      { level: 'step', text: 'Using gunicorn.conf.py' },
      { level: 'step', text: 'Serving application with gunicorn ...' },
      ...grace.lines,
    ],
    why: 'gunicorn.conf.py sets wsgi_app',
    because: [fromFile(FILE, 'wsgi_app')],
    migrates: 'no',
    init: 'own',
    uses: ['WEB_CONCURRENCY'],
  });
}

/** Where nothing else can start: the configuration file in APP_HOME, or the one that APP_CONFIG names, sets `wsgi_app`. */
export function lastConfiguration(facts: RunFacts): Verdict {
  const { serving, settings } = facts;
  const gunicorn = serving?.servers.gunicorn;
  if (serving === undefined || gunicorn === undefined) return pass();
  const { file, is } = serving.configuration;
  const where = facts.appHome.path;
  if (facts.appHome.path === facts.place.directory && settings.text('APP_CONFIG') === undefined) return pass();
  if (is !== 'with-application')
    return pass({ candidate: file, where, reason: is === 'absent' ? 'not there' : 'it does not set wsgi_app' });
  if (!readsApplication(gunicorn)) {
    return pass({ candidate: file, where, reason: `gunicorn reads wsgi_app since 20.1, and ${gunicorn} is installed` });
  }
  const chosen = settings.text('APP_CONFIG')?.value;
  const grace = graceful(facts);
  return take({
    server: 'gunicorn',
    application: file,
    argv: ['gunicorn', ...grace.options, ...(chosen === undefined ? [] : ['--config', chosen])],
    environment: listeningOn(facts),
    lines: [
      { level: 'step', text: `Using ${file}` },
      { level: 'step', text: 'Serving application with gunicorn ...' },
      ...grace.lines,
    ],
    why: `${file} sets wsgi_app, and nothing else tells what to serve`,
    because: [fromFile(file, 'wsgi_app')],
    migrates: 'yes',
    init: 'own',
    uses: ['WEB_CONCURRENCY'],
  });
}
