import { describe, expect, test } from 'vitest';
import { decide, failuresOf, home, launched, launchOf, program, said } from './decide.ts';

const gunicorn = { gunicorn: '26.2.0' };
const django = { django: '5.2.17' };
const script = program('#!/bin/sh\nexec true\n');
const configuration = 'wsgi_app = "app:application"\n';

describe('gunicorn.conf.py', () => {
  test('[B40] [B106] that sets wsgi_app comes before everything, and listens on PORT', () => {
    const launch = launchOf({
      files: { 'gunicorn.conf.py': configuration, 'app.sh': script, 'app.py': '', 'wsgi.py': '' },
      installed: gunicorn,
      environment: { APP_MODULE: 'x:y', APP_HOME: 'nowhere' },
    });
    expect(launch).toMatchObject({ argv: ['gunicorn'], directory: home, environment: { set: { PORT: '8080' } } });
    expect(launch.environment.set).not.toHaveProperty('WEB_CONCURRENCY');
    expect(said(launch)).toEqual(['---> Using gunicorn.conf.py', '---> Serving application with gunicorn ...']);
  });

  test('[B40] leaves PORT to the user', () => {
    const scene = { files: { 'gunicorn.conf.py': configuration }, installed: gunicorn, environment: { PORT: '9000' } };
    expect(launchOf(scene).environment.set.PORT).toBe('9000');
  });

  test('[B40] does not migrate', () => {
    const files = { 'gunicorn.conf.py': configuration, 'manage.py': '' };
    expect(launched({ files, installed: { ...gunicorn, ...django } }).plan.steps).toEqual([]);
  });

  test.each([
    ['a comment', '# wsgi_app = "app:application"\n'],
    ['a text', '"""\nwsgi_app = "app:application"\n"""\nx = "wsgi_app = 1"\n'],
    ['None', 'wsgi_app = None\n'],
    ['nothing', 'bind = "0.0.0.0:8085"\n'],
    ["a function's variable", 'def when_ready(server):\n    wsgi_app = "x"\n'],
  ])('[B40] [B41] that holds only %s is left to the usual order', (_what, text) => {
    const { launch, rejected } = launched({ files: { 'gunicorn.conf.py': text, 'wsgi.py': '' }, installed: gunicorn });
    expect(launch.application).toBe('wsgi');
    expect(rejected[0]).toEqual({ candidate: 'gunicorn.conf.py', where: home, reason: 'it does not set wsgi_app' });
  });

  test('[B41] is not enough for gunicorn before 20.1', () => {
    const files = { 'gunicorn.conf.py': configuration, 'wsgi.py': '' };
    expect(launchOf({ files, installed: { gunicorn: '20.0.4' } }).application).toBe('wsgi');
    expect(launchOf({ files, installed: { gunicorn: '20.1.0' } }).application).toBe('gunicorn.conf.py');
    expect(launchOf({ files, installed: { gunicorn: '21.0' } }).application).toBe('gunicorn.conf.py');
  });

  test('[B40] is nothing without gunicorn', () => {
    const { rejected } = decide({ files: { 'gunicorn.conf.py': configuration } });
    expect(rejected[0]?.reason).toBe('it sets wsgi_app, but gunicorn is not installed');
  });

  test('in APP_HOME serves where nothing else can', () => {
    const files = { 'project/gunicorn.conf.py': configuration };
    const launch = launchOf({ files, installed: gunicorn, environment: { APP_HOME: 'project' } });
    expect(launch).toMatchObject({ argv: ['gunicorn'], directory: `${home}/project`, environment: { set: { PORT: '8080' } } });
    const withModule = { ...files, 'project/wsgi.py': '' };
    expect(launchOf({ files: withModule, installed: gunicorn, environment: { APP_HOME: 'project' } }).application).toBe('wsgi');
  });

  test('named by APP_CONFIG serves where nothing else can', () => {
    const files = { 'conf/production.py': configuration };
    const launch = launchOf({ files, installed: gunicorn, environment: { APP_CONFIG: 'conf/production.py' } });
    expect(launch.argv).toEqual(['gunicorn', '--config', 'conf/production.py']);
  });
});

describe('APP_HOME', () => {
  test('[B42] [B100] is the working directory, by its real path', () => {
    const environment = { APP_HOME: 'project' };
    const files = { 'project/app.py': '' };
    expect(launchOf({ files, environment })).toMatchObject({ directory: `${home}/project`, argv: ['python', 'app.py'] });
    const link = { 'real/app.py': '', project: { link: 'real' } };
    const linked = launchOf({ files: link, environment });
    expect(linked.directory).toBe(`${home}/real`);
    expect(linked.environment.set.APP_HOME).toBe(`${home}/real`);
  });

  test('[B42] may be absolute', () => {
    const launch = launchOf({ files: { '/srv/app/app.py': '' }, environment: { APP_HOME: '/srv/app' } });
    expect(launch.directory).toBe('/srv/app');
  });

  test('[B42] that does not exist is a failure', () => {
    expect(failuresOf({ environment: { APP_HOME: 'nowhere' } })).toEqual([
      { kind: 'app-home-missing', value: 'nowhere', path: `${home}/nowhere` },
    ]);
    expect(failuresOf({ files: { file: '' }, environment: { APP_HOME: 'file' } })[0]?.kind).toBe('app-home-missing');
  });

  test('[B43] puts the folder of the source on PYTHONPATH, exported', () => {
    const files = { 'project/wsgi.py': '' };
    const environment = { APP_HOME: 'project' };
    expect(launchOf({ files, environment, installed: gunicorn }).environment.set.PYTHONPATH).toBe(home);
    const given = launchOf({ files, environment: { ...environment, PYTHONPATH: '/lib/a' }, installed: gunicorn });
    expect(given.environment.set.PYTHONPATH).toBe(`${home}:/lib/a`);
  });

  test('[B43] not set leaves PYTHONPATH alone, unless it was given', () => {
    const scene = { files: { 'wsgi.py': '' }, installed: gunicorn };
    expect(launchOf(scene).environment.set).not.toHaveProperty('PYTHONPATH');
    expect(launchOf({ ...scene, environment: { PYTHONPATH: '/lib/a' } }).environment.set.PYTHONPATH).toBe(`${home}:/lib/a`);
  });
});

describe('scripts', () => {
  test('[B44] [B46] app.sh, then app.py, when nothing is set', () => {
    const both = launchOf({ files: { 'app.sh': script, 'app.py': '' } });
    expect(both).toMatchObject({ server: 'script', argv: [`${home}/app.sh`] });
    expect(said(both)[0]).toBe('---> Running application from script (app.sh) ...');
    const one = launchOf({ files: { 'app.py': '' } });
    expect(one).toMatchObject({ server: 'python-script', argv: ['python', 'app.py'] });
    expect(said(one)[0]).toBe('---> Running application from Python script (app.py) ...');
  });

  test.each([
    ['APP_SCRIPT', 'start.sh'],
    ['APP_FILE', 'main.py'],
    ['APP_MODULE', 'wsgi'],
  ])('[B44] [B101] %s switches both defaults off', (name, value) => {
    const files = { 'app.sh': script, 'app.py': '', 'start.sh': script, 'main.py': '', 'wsgi.py': '' };
    expect(launchOf({ files, installed: gunicorn, environment: { [name]: value } }).application).toBe(value);
  });

  test('[B45] an empty value is not set', () => {
    const environment = { APP_SCRIPT: '', APP_FILE: '', APP_MODULE: '' };
    expect(launchOf({ files: { 'app.py': '' }, environment }).application).toBe('app.py');
  });

  test('[B46] a folder called app.sh is passed over', () => {
    expect(launchOf({ files: { 'app.sh': { directory: true }, 'app.py': '' } }).application).toBe('app.py');
  });

  test('[B46] an absolute APP_SCRIPT stays as it is', () => {
    const launch = launchOf({ files: { '/usr/local/bin/start': script }, environment: { APP_SCRIPT: '/usr/local/bin/start' } });
    expect(launch.argv).toEqual(['/usr/local/bin/start']);
    expect(said(launch)[0]).toBe('---> Running application from script (/usr/local/bin/start) ...');
  });

  test('[B47] an APP_SCRIPT that is not there is a failure, whatever else is', () => {
    const files = { 'foo-prod.sh': script, 'app.py': '', 'wsgi.py': '' };
    const environment = { APP_SCRIPT: 'foo.sh', APP_FILE: 'app.py' };
    expect(failuresOf({ files, installed: gunicorn, environment })).toEqual([
      { kind: 'app-file-missing', setting: 'APP_SCRIPT', value: 'foo.sh', directory: home, similar: ['foo-prod.sh'] },
    ]);
  });

  test('[B48] APP_SCRIPT beats APP_FILE', () => {
    const environment = { APP_SCRIPT: 'app.sh', APP_FILE: 'app.py' };
    expect(launchOf({ files: { 'app.sh': script, 'app.py': '' }, environment }).application).toBe('app.sh');
  });

  test('[B49] APP_FILE beats APP_MODULE; not there, it is a failure', () => {
    const environment = { APP_FILE: 'foo.py', APP_MODULE: 'wsgi' };
    const scene = { installed: gunicorn, environment };
    expect(launchOf({ ...scene, files: { 'foo.py': '', 'wsgi.py': '' } }).argv).toEqual(['python', 'foo.py']);
    expect(failuresOf({ ...scene, files: { 'wsgi.py': '' } })[0]).toMatchObject({
      kind: 'app-file-missing',
      setting: 'APP_FILE',
    });
  });

  test('[B49] [B46] [B117] neither migrates', () => {
    const files = { 'manage.py': '', 'app.py': '' };
    expect(launched({ files, installed: { ...gunicorn, ...django } }).plan.steps).toEqual([]);
    const withScript = { ...files, 'app.sh': script };
    expect(launched({ files: withScript, installed: { ...gunicorn, ...django } }).plan.steps).toEqual([]);
  });

  test('get neither PORT nor workers: their environment stays as it is', () => {
    expect(launchOf({ files: { 'app.py': '' }, identity: { pid: 7 } }).environment).toEqual({
      set: { VIRTUAL_ENV: '/opt/app-root' },
      unset: [],
    });
  });

  test('wrong values of settings that they do not use are no failure', () => {
    const environment = { PORT: 'http', WEB_CONCURRENCY: 'many' };
    expect(launchOf({ files: { 'app.py': '' }, environment }).application).toBe('app.py');
    const scene = { files: { 'wsgi.py': '' }, installed: gunicorn, environment };
    expect(failuresOf(scene)).toMatchObject([{ setting: 'WEB_CONCURRENCY' }, { setting: 'PORT' }]);
    expect(failuresOf({ files: { 'app.py': '' }, environment: { S2I_INIT: 'maybe' } })).toMatchObject([{ setting: 'S2I_INIT' }]);
  });
});

describe('how a script begins', () => {
  const start = (text: string, mode = 0o755) => ({ files: { 'app.sh': { text, mode } } });

  test('[B46] without execute permission it is refused as a shell would', () => {
    expect(failuresOf(start('#!/bin/sh\n', 0o644))).toEqual([{ kind: 'script-not-executable', path: `${home}/app.sh` }]);
  });

  test('carriage returns hide the interpreter', () => {
    expect(failuresOf(start('#!/bin/sh\r\nexec x\r\n'))).toEqual([{ kind: 'script-crlf', path: `${home}/app.sh` }]);
  });

  test.each([
    ['#!/usr/bin/pyhton3\n', '/usr/bin/pyhton3'],
    ['#!/usr/bin/env ruby\n', 'ruby'],
    ['#! /opt/tools/run -x\n', '/opt/tools/run'],
  ])('an interpreter that is not there: %j', (text, interpreter) => {
    expect(failuresOf(start(text))).toEqual([{ kind: 'script-interpreter-missing', path: `${home}/app.sh`, interpreter }]);
  });

  test.each(['#!/usr/bin/env python\n', '#!/usr/bin/env -S python -u\n', '#!/bin/sh -e\n', '\0ELF binary'])(
    'the kernel starts %j by itself',
    (text) => {
      expect(launchOf({ ...start(text), identity: { pid: 7 } }).argv).toEqual([`${home}/app.sh`]);
    },
  );

  test('[B46] without #! bash runs it, as it does for upstream', () => {
    const launch = launchOf({ ...start('exec python app.py\n'), identity: { pid: 7 } });
    expect(launch.argv).toEqual(['/usr/bin/bash', `${home}/app.sh`]);
    expect(said(launch)).toContain('app.sh has no #! in its first line, so /usr/bin/bash runs it.');
  });

  test('without #! and without bash it is sh; Windows line ends are said', () => {
    const launch = launchOf({ ...start('exec x\r\n'), identity: { pid: 7 }, environment: { PATH: '/opt/app-root/bin' } });
    expect(launch.argv[0]).toBe('/bin/sh');
    expect(said(launch).at(-1)).toMatch(/^WARNING: app.sh has Windows line ends/);
  });
});

describe('the whole order', () => {
  test('[B50] each way hides those behind it', () => {
    const files: Record<string, ReturnType<typeof program>> = {
      'gunicorn.conf.py': configuration,
      'app.sh': script,
      'app.py': '',
      'wsgi.py': '',
      'setup.py': 'from setuptools import setup\nsetup(name="named")\n',
      'named.py': 'application = 1\n',
      'manage.py': '',
    };
    const seen: string[] = [];
    for (const next of ['gunicorn.conf.py', 'app.sh', 'app.py', 'wsgi.py', 'setup.py', 'manage.py']) {
      const { server, application } = launchOf({ files, installed: { ...gunicorn, ...django } });
      seen.push(`${server} ${application}`);
      delete files[next];
    }
    expect(seen).toEqual([
      'gunicorn gunicorn.conf.py',
      'script app.sh',
      'python-script app.py',
      'gunicorn wsgi',
      'gunicorn named',
      'django-runserver manage.py',
    ]);
    // Another file at the top is looked into where nothing else is there.
    expect(decide({ files, installed: gunicorn }).kind).toBe('question');
    delete files['named.py'];
    expect(failuresOf({ files, installed: gunicorn })[0]?.kind).toBe('no-launch');
  });

  test('[B63] nothing to start names every candidate and why', () => {
    const decision = decide({ installed: { ...gunicorn, flask: '3.1.3' }, files: { 'setup.py': 'setup(name="x-y")' } });
    expect(decision.kind === 'failed' && decision.failures[0]).toMatchObject({ kind: 'no-launch', frameworks: ['flask'] });
    expect(decision.rejected.map(({ candidate, reason }) => `${candidate}: ${reason}`)).toMatchInlineSnapshot(`
      [
        "gunicorn.conf.py: not there",
        "app.sh: not there",
        "app.py: not there",
        "APP_MODULE: not set",
        "wsgi.py: not there",
        "setup.py: it is called x-y, but there is no module x_y in /opt/app-root/src, /opt/app-root/lib/python3.13/site-packages",
        "an application object: there is no main.py, app.py or asgi.py, nor a package with one",
        "Django: not installed",
      ]
    `);
  });

  test('[B63] APP_MODULE without a server says so', () => {
    const { rejected } = decide({ environment: { APP_MODULE: 'app:application' } });
    expect(rejected).toContainEqual({
      candidate: 'APP_MODULE',
      where: 'app:application',
      reason: 'no server that could serve it is installed',
    });
  });

  test('what would have come next is named where it is asked for', () => {
    const { rejected } = launched({ files: { 'app.py': '', 'wsgi.py': '' }, installed: gunicorn, depth: 'everything' });
    expect(rejected).toContainEqual({ candidate: 'gunicorn (wsgi)', where: home, reason: 'app.py comes first' });
  });

  test('the decision is the same each time, and survives JSON', () => {
    const scene = { files: { 'manage.py': '', 'wsgi.py': '' }, installed: { ...gunicorn, ...django } };
    expect(JSON.parse(JSON.stringify(decide(scene)))).toEqual(decide(scene));
  });
});

describe('the environment of a launch', () => {
  test('[B9] [B121] VIRTUAL_ENV is set, PATH only where the virtual environment is missing in it', () => {
    const files = { 'app.py': '' };
    expect(launchOf({ files }).environment.set).toEqual({ VIRTUAL_ENV: '/opt/app-root' });
    expect(launchOf({ files, environment: { PATH: '/usr/bin:/bin' } }).environment.set.PATH).toBe(
      '/opt/app-root/bin:/usr/bin:/bin',
    );
  });

  test('PYTHONHOME of another Python goes', () => {
    expect(launchOf({ files: { 'app.py': '' }, environment: { PYTHONHOME: '/usr' } }).environment.unset).toEqual(['PYTHONHOME']);
  });

  test('[B116] quotes that .s2i/environment keeps are taken off', () => {
    const scene = { files: { 'wsgi.py': '' }, installed: gunicorn, environment: { APP_MODULE: '"wsgi:application"' } };
    expect(launchOf(scene).argv[1]).toBe('wsgi:application');
  });
});
