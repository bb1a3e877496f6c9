import { describe, expect, test } from 'vitest';
import { MIGRATE } from '../../src/run/migrate/program.ts';
import { decide, failuresOf, home, launched, launchOf, program, type Scene, said } from './decide.ts';

const gunicorn = { gunicorn: '26.2.0' };
const modWsgi = { 'mod-wsgi': '5.0.2' };
const django = { django: '5.2.17' };
const wsgi = { 'wsgi.py': 'application = 1\n' };

/** A Django project as `django-admin startproject` lays it out. */
const djangoProject = {
  'manage.py': "import os\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'project.settings')\n",
  'project/__init__.py': '',
  'project/settings.py': "WSGI_APPLICATION = 'project.wsgi.application'\n",
  'project/wsgi.py': 'application = get_wsgi_application()\n',
};

describe('gunicorn', () => {
  test('[B53] [B55] [B56] serves wsgi.py with the default arguments', () => {
    const launch = launchOf({ files: wsgi, installed: gunicorn });
    expect(launch.argv).toEqual([
      'gunicorn',
      'wsgi',
      '--bind=0.0.0.0:8080',
      '--access-logfile=-',
      '--no-control-socket',
      '--config',
      '',
    ]);
    expect(said(launch)[0]).toBe('---> Serving application with gunicorn (wsgi) with default settings ...');
    expect(launch.directory).toBe(home);
  });

  test('[B52] [B56] [B105] PORT changes the address', () => {
    const launch = launchOf({ files: wsgi, installed: gunicorn, environment: { PORT: '9000' } });
    expect(launch.argv[2]).toBe('--bind=0.0.0.0:9000');
    expect(launchOf({ files: wsgi, installed: gunicorn, environment: { PORT: '' } }).argv[2]).toBe('--bind=0.0.0.0:8080');
  });

  test('[B52] [B57] PORT is exported, for configurations without an address', () => {
    const files = { ...wsgi, 'reload.py': 'reload = True\n' };
    const launch = launchOf({ files, installed: gunicorn, environment: { APP_CONFIG: 'reload.py' } });
    expect(launch.argv).toEqual(['gunicorn', 'wsgi', '--config', 'reload.py']);
    expect(launch.environment.set.PORT).toBe('8080');
    expect(said(launch)[0]).toBe('---> Serving application with gunicorn (wsgi) with custom settings ...');
  });

  test('[B57] a PORT that is no port is left to a configuration of the user', () => {
    const environment = { APP_CONFIG: 'own.py', PORT: 'unused' };
    const launch = launchOf({ files: { ...wsgi, 'own.py': '' }, installed: gunicorn, environment });
    expect(launch.environment.set).not.toHaveProperty('PORT');
  });

  test('[B58] APP_CONFIG that is not there is a failure that names what is', () => {
    const files = { ...wsgi, 'conf.py': '' };
    expect(failuresOf({ files, installed: gunicorn, environment: { APP_CONFIG: 'c.py' } })).toEqual([
      { kind: 'app-file-missing', setting: 'APP_CONFIG', value: 'c.py', directory: home, similar: ['conf.py', 'wsgi.py'] },
    ]);
  });

  test("[B58] APP_CONFIG may be a module or carry gunicorn's prefix", () => {
    const files = { ...wsgi, 'conf/x.py': '' };
    for (const value of ['python:conf.x', 'file:conf/x.py', 'conf/x.py']) {
      expect(launchOf({ files, installed: gunicorn, environment: { APP_CONFIG: value } }).argv.at(-1)).toBe(value);
    }
  });

  test('[B58] [B104] APP_CONFIG is relative to APP_HOME', () => {
    const files = { 'project/wsgi.py': '', 'project/conf.py': '' };
    const environment = { APP_HOME: 'project', APP_CONFIG: './conf.py' };
    expect(launchOf({ files, installed: gunicorn, environment }).argv.at(-1)).toBe('./conf.py');
  });

  test('[B59] GUNICORN_CMD_ARGS is split as gunicorn splits it', () => {
    const environment = { GUNICORN_CMD_ARGS: `--threads 2 --access-logformat '%(h)s %(l)s' *` };
    const launch = launchOf({ files: wsgi, installed: gunicorn, environment });
    expect(launch.argv).toEqual(['gunicorn', 'wsgi', '--threads', '2', '--access-logformat', '%(h)s %(l)s', '*', '--config', '']);
    expect(said(launch)[0]).toMatch(/custom settings/);
  });

  test('[B59] with an open quote it is a failure', () => {
    const environment = { GUNICORN_CMD_ARGS: "--name 'x" };
    expect(failuresOf({ files: wsgi, installed: gunicorn, environment })[0]?.kind).toBe('unbalanced-quote');
  });

  test('[B60] WEB_CONCURRENCY is kept, and computed when it is empty', () => {
    const given = launchOf({ files: wsgi, installed: gunicorn, environment: { WEB_CONCURRENCY: '3' } });
    expect(given.environment.set.WEB_CONCURRENCY).toBe('3');
    expect(said(given)[1]).toBe('Workers: 3 (WEB_CONCURRENCY)');
    const computed = launchOf({ files: wsgi, installed: gunicorn, environment: { WEB_CONCURRENCY: '' }, processors: 2 });
    expect(computed.environment.set.WEB_CONCURRENCY).toBe('4');
    expect(said(computed)[1]).toBe(
      'Workers: 4 (2 CPUs by the processors of the machine, no memory limit known; at most 2 per CPU, 40 MiB each, 12 in all)',
    );
  });

  test('[B60] [B86] half a CPU of many is one CPU', () => {
    const files = {
      ...wsgi,
      '/sys/fs/cgroup/cpu.max': '50000 100000\n',
      '/sys/fs/cgroup/memory.max': '536870912\n',
    };
    const launch = launchOf({ files, installed: gunicorn, processors: 64 });
    expect(launch.environment.set.WEB_CONCURRENCY).toBe('2');
    expect(said(launch)[1]).toBe(
      'Workers: 2 (1 CPU by cpu.max, 512 MiB by memory.max; at most 2 per CPU, 40 MiB each, 12 in all)',
    );
  });

  test('[B64] never gets an init', () => {
    const environment = { ENABLE_INIT_WRAPPER: '1' };
    const files = { ...wsgi, '/usr/bin/tini': program() };
    expect(launchOf({ files, installed: gunicorn, environment }).argv[0]).toBe('gunicorn');
  });
});

describe('APP_MODULE', () => {
  const warning = (files: Record<string, string>, value: string) =>
    said(launchOf({ files, installed: gunicorn, environment: { APP_MODULE: value } })).find((line) => line.startsWith('WARNING'));

  test('[B101] is taken as it is', () => {
    expect(launchOf({ files: { 'app.py': '' }, installed: gunicorn, environment: { APP_MODULE: 'app:create()' } }).argv[1]).toBe(
      'app:create()',
    );
  });

  test('that cannot be found is said with where it was looked for, and tried all the same', () => {
    expect(warning({}, 'aap:application')).toBe(
      `WARNING: APP_MODULE=aap:application: there is no module aap in ${home}, /opt/app-root/lib/python3.13/site-packages.`,
    );
  });

  test.each([
    ['a file', { 'app.py': '' }, 'app:application'],
    ['a package', { 'app/__init__.py': '' }, 'app'],
    ['a folder without __init__.py', { 'app/web.py': '' }, 'app.web:application'],
    ['an installed package', { '/opt/app-root/lib/python3.13/site-packages/app/__init__.py': '' }, 'app'],
    ['a compiled module', { 'app.cpython-313-x86_64-linux-gnu.so': '' }, 'app'],
    [
      'a folder of a .pth file',
      { '/opt/app-root/lib/python3.13/site-packages/__editable__.app-1.pth': `${home}/src\n`, 'src/app.py': '' },
      'app',
    ],
    ['the standard library', { '/usr/lib/python3.13/wsgiref/simple_server.py': '' }, 'wsgiref.simple_server:demo_app'],
    [
      'an import hook that may know it',
      { '/opt/app-root/lib/python3.13/site-packages/__editable__.app-1.pth': 'import __editable___app\n' },
      'app',
    ],
  ])('[B114] %s is found, nothing is said', (_what, files: Record<string, string>, value) => {
    expect(warning(files, value)).toBeUndefined();
  });

  test('is searched for on PYTHONPATH', () => {
    const environment = { APP_MODULE: 'shared', PYTHONPATH: 'lib:/srv/lib' };
    for (const file of ['lib/shared.py', '/srv/lib/shared.py']) {
      expect(said(launchOf({ files: { [file]: '' }, installed: gunicorn, environment })).join()).not.toContain('WARNING');
    }
  });
});

describe('the name in setup.py', () => {
  const serve = (setup: string, files: Record<string, string> = {}, path = 'setup.py') =>
    decide({ files: { [path]: setup, ...files }, installed: gunicorn });
  const moduleIn = (decision: ReturnType<typeof decide>) =>
    decision.kind === 'launch' ? decision.launch.argv[1] : decision.kind;
  const application = { 'testapp.py': 'application = 1\n' };

  test('[B54] [B108] [B113] is the module, without starting Python', () => {
    expect(moduleIn(serve('from setuptools import setup\nsetup(\n  version="1",\n  name="testapp",\n)\n', application))).toBe(
      'testapp',
    );
  });

  test('[B54] a dash becomes an underscore', () => {
    expect(moduleIn(serve('setup(name="test-app")', { 'test_app.py': 'application = 1\n' }))).toBe('test_app');
  });

  test.each([
    ['a constant', 'NAME = "testapp"\nsetup(name=NAME)\n', {}],
    ['setup.cfg', 'setup()\n', { 'setup.cfg': '[options]\nname = x\n[metadata]\nname = testapp\n' }],
    ['pyproject.toml', 'import setuptools\nsetuptools.setup()\n', { 'pyproject.toml': '[project]\nname = "testapp" # ours\n' }],
  ])('[B54] comes from %s', (_what, setup, files: Record<string, string>) => {
    expect(moduleIn(serve(setup, { ...application, ...files }))).toBe('testapp');
  });

  test.each([
    ['a call', 'setup(name=find_name())'],
    ['a dictionary', 'setup(**settings)'],
    ['two setups', 'setup(name="a")\nsetup(name="b")'],
    ['no setup', 'from pbr import x\n'],
    ['an f-string', 'setup(name=f"{x}app")'],
  ])('[B54] when only running tells it (%s), setup.py is asked', (_what, setup) => {
    const decision = serve(setup, application);
    expect(decision).toMatchObject({
      kind: 'question',
      command: { argv: ['python', `${home}/setup.py`, '--name'], directory: home, output: 'keep' },
    });
  });

  test('[B54] the answer is used, or the reason why there is none is kept', () => {
    const scene = { files: { 'setup.py': 'setup(**x)', ...application }, installed: gunicorn };
    const name = { value: 'testapp', source: { from: 'probe', question: 'python setup.py --name' } } as const;
    expect(launchOf({ ...scene, setupAnswer: { is: 'text', name } }).argv[1]).toBe('testapp');
    const decision = decide({ ...scene, setupAnswer: { is: 'no-answer', reason: 'exit status 1' } });
    expect(decision.rejected).toContainEqual({ candidate: 'setup.py', where: `${home}/setup.py`, reason: 'exit status 1' });
  });

  test('[B54] is looked for one level below HOME, not two, and not in links', () => {
    const setup = 'setup(name="testapp")';
    expect(moduleIn(serve(setup, application, 'pkg/setup.py'))).toBe('testapp');
    expect(moduleIn(serve(setup, application, 'a/b/setup.py'))).toBe('question');
    const linked = decide({
      files: { '/srv/pkg/setup.py': setup, pkg: { link: '/srv/pkg' }, ...application },
      installed: gunicorn,
    });
    expect(linked.kind).toBe('question');
  });

  test('[B54] is in HOME, not in APP_HOME', () => {
    const files = { 'setup.py': 'setup(name="testapp")', 'project/x': '', ...application };
    const environment = { APP_HOME: 'project' };
    expect(launchOf({ files, installed: gunicorn, environment })).toMatchObject({
      argv: ['gunicorn', 'testapp', '--bind=0.0.0.0:8080', '--access-logfile=-', '--no-control-socket', '--config', ''],
      directory: `${home}/project`,
    });
  });

  test('[B54] [B115] wsgi.py beats it', () => {
    expect(moduleIn(serve('setup(name="testapp")', { ...application, ...wsgi }))).toBe('wsgi');
  });

  test('a name without a module, or a module without an application, is no candidate', () => {
    expect(serve('setup(name="other")').rejected.at(-3)?.reason).toBe(
      `it is called other, but there is no module other in ${home}, /opt/app-root/lib/python3.13/site-packages`,
    );
    expect(serve('setup(name="lib")', { 'lib/__init__.py': 'x = 1\n' }).rejected.at(-1)?.reason).toBe(
      'it is called lib, but the module lib has no "application"',
    );
  });

  test("gunicorn's own settings may find it where we cannot", () => {
    const scene = { files: { 'setup.py': 'setup(name="other")' }, installed: gunicorn };
    expect(launchOf({ ...scene, environment: { GUNICORN_CMD_ARGS: '--chdir src' } }).argv[1]).toBe('other');
  });
});

describe('Django', () => {
  const both = { ...gunicorn, ...django };

  test('[B61] [B100] the application of the settings is served by gunicorn', () => {
    const { launch, plan } = launched({ files: djangoProject, installed: both });
    expect(launch.argv.slice(0, 2)).toEqual(['gunicorn', 'project.wsgi:application']);
    expect(launch.because).toEqual([{ from: 'file', file: 'project/settings.py', key: 'WSGI_APPLICATION' }]);
    expect(plan.steps[0]?.id).toBe('migrate');
  });

  test('[B33] [B51] is what is installed, not a folder of that name', () => {
    const files = { ...wsgi, 'manage.py': '', 'django/__init__.py': '' };
    expect(launched({ files, installed: gunicorn }).plan.steps).toEqual([]);
  });

  test('[B51] [B102] migrates before the server, in the same environment', () => {
    const environment = { APP_HOME: 'site' };
    const files = Object.fromEntries(Object.entries(djangoProject).map(([name, text]) => [`site/${name}`, text]));
    const { launch, plan } = launched({ files, installed: both, environment });
    expect(plan.steps).toMatchObject([
      {
        id: 'migrate',
        title: 'Migrating database ...',
        effect: {
          command: {
            argv: ['python', '-c', MIGRATE, 'start', '60', '600', './manage.py', 'migrate', '--noinput'],
            directory: `${home}/site`,
          },
        },
        onFailure: { do: 'fail', role: 'migrate' },
      },
    ]);
    const effect = plan.steps[0]?.effect;
    expect(effect?.kind === 'run' && effect.command.environment.set.PYTHONPATH).toBe(launch.environment.set.PYTHONPATH);
  });

  test('[B51] DISABLE_MIGRATE leaves it out', () => {
    const environment = { DISABLE_MIGRATE: '1' };
    expect(launched({ files: djangoProject, installed: both, environment }).plan.steps).toEqual([]);
  });

  test('[B51] without manage.py says two lines and goes on', () => {
    const { plan } = launched({ files: wsgi, installed: both });
    expect(plan.steps).toEqual([]);
    expect(plan.notices).toMatchObject([
      { level: 'warning', text: "seems that you're using Django, but we could not find a 'manage.py' file." },
      { level: 'info', text: "Skipped 'python manage.py migrate'." },
    ]);
  });

  test('[B62] [B102] [B103] without gunicorn the development server is started, with its warning', () => {
    const launch = launchOf({ files: djangoProject, installed: django, environment: { PORT: '8085' }, identity: { pid: 7 } });
    expect(launch.argv).toEqual(['python', './manage.py', 'runserver', '0.0.0.0:8085']);
    expect(said(launch)).toEqual([
      "---> Serving application with 'manage.py runserver 0.0.0.0:8085' ...",
      'WARNING: this is NOT a recommended way to run you application in production!',
      'Consider using gunicorn or some other production web server.',
    ]);
  });

  test('[B62] without manage.py there is nothing to start', () => {
    const decision = decide({ installed: django });
    expect(decision.rejected).toContainEqual({
      candidate: "Django's development server",
      where: home,
      reason: 'manage.py is not there',
    });
  });

  test('[B61] the environment decides between settings modules', () => {
    const files = {
      ...djangoProject,
      'other/settings.py': "WSGI_APPLICATION = 'other.wsgi.application'",
      'other/wsgi.py': 'application = 1',
    };
    const environment = { DJANGO_SETTINGS_MODULE: 'other.settings' };
    expect(launchOf({ files, installed: both, environment }).argv[1]).toBe('other.wsgi:application');
  });

  test('[B61] settings in a package that import each other', () => {
    const files = {
      'manage.py': 'os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.local"\n',
      'config/settings/__init__.py': '',
      'config/settings/local.py': 'from .base import *  # noqa\nDEBUG = True\n',
      'config/settings/base.py': 'WSGI_APPLICATION = "config.wsgi.application"\n',
      'config/wsgi.py': 'application = 1\n',
    };
    expect(launchOf({ files, installed: both }).argv[1]).toBe('config.wsgi:application');
  });

  test('[B61] where the settings do not tell, the only wsgi.py beside manage.py is served', () => {
    const files = { ...djangoProject, 'project/settings.py': 'WSGI_APPLICATION = make()\n', 'tools/wsgi.py': 'x = 1\n' };
    const { launch, rejected } = launched({ files, installed: both });
    expect(launch.argv[1]).toBe('project.wsgi:application');
    expect(rejected.at(-1)).toEqual({
      candidate: 'WSGI_APPLICATION',
      where: 'project.settings',
      reason: 'only running the settings tells its value',
    });
  });

  test('[B61] of two, the one in the package of the settings', () => {
    const files = { ...djangoProject, 'project/settings.py': '', 'legacy/wsgi.py': 'application = 1\n' };
    expect(launchOf({ files, installed: both }).argv[1]).toBe('project.wsgi:application');
  });

  test('[B61] two that nothing decides between are a failure that names both', () => {
    const files = { 'manage.py': '', 'b/wsgi.py': 'application = 1\n', 'a/wsgi.py': 'from x import application\n' };
    expect(failuresOf({ files, installed: both })).toEqual([{ kind: 'several-wsgi-modules', modules: ['a.wsgi', 'b.wsgi'] }]);
    const settings = {
      'manage.py':
        "x = {'DJANGO_SETTINGS_MODULE': 1}\nsetdefault('DJANGO_SETTINGS_MODULE', 'a.s')\nsetdefault('DJANGO_SETTINGS_MODULE', 'b.s')\n",
      'a/s.py': "WSGI_APPLICATION = 'a.wsgi.application'",
      'b/s.py': "WSGI_APPLICATION = 'b.wsgi.application'",
    };
    expect(failuresOf({ files: settings, installed: both })).toEqual([
      { kind: 'several-wsgi-modules', modules: ['a.wsgi:application', 'b.wsgi:application'] },
    ]);
  });

  test('[B61] a WSGI_APPLICATION whose module is not there does not decide', () => {
    const files = { ...djangoProject, 'project/settings.py': "WSGI_APPLICATION = 'gone.wsgi.application'\n" };
    const { launch, rejected } = launched({ files, installed: both });
    expect(launch.argv[1]).toBe('project.wsgi:application');
    expect(rejected.at(-1)?.reason).toBe('it names gone.wsgi, and there is no such module');
  });

  test('[B61] without any WSGI module the development server is left', () => {
    const files = { 'manage.py': djangoProject['manage.py'] };
    const { launch, rejected } = launched({ files, installed: both });
    expect(launch.server).toBe('django-runserver');
    expect(rejected.map(({ candidate }) => candidate)).toContain('*/wsgi.py');
  });
});

describe('what gunicorn would write', () => {
  const args = (scene: Scene) => launchOf({ ...scene, files: { ...wsgi, ...scene.files } }).argv.join(' ');

  test('[B55] goes to memory or is left out, where gunicorn knows how', () => {
    expect(args({ installed: gunicorn, files: { '/dev/shm': { directory: true } } })).toContain(
      ' --no-control-socket --worker-tmp-dir=/dev/shm ',
    );
    for (const version of ['25.0.3', '20.1', '']) expect(args({ installed: { gunicorn: version } })).not.toContain('socket');
    for (const version of ['25.1', '25.1.0', '27.0.1']) expect(args({ installed: { gunicorn: version } })).toContain('socket');
  });

  test('is left to a configuration or to arguments of the user', () => {
    expect(args({ installed: gunicorn, files: { 'gunicorn.conf.py': 'workers = 2\n' } })).not.toContain('socket');
    expect(args({ installed: gunicorn, environment: { GUNICORN_CMD_ARGS: '--threads 2' } })).not.toContain('socket');
  });
});

describe('mod_wsgi', () => {
  const argumentsOf = (scene: Parameters<typeof launchOf>[0]) => launchOf(scene).argv.join(' ');

  test('serves where gunicorn is not installed', () => {
    const { launch } = launched({ files: wsgi, installed: modWsgi, processors: 1 });
    expect(launch).toMatchObject({ server: 'mod_wsgi', application: 'wsgi', temporary: 's2i-mod_wsgi-' });
    expect(launch.argv.slice(3)).toEqual([
      ...['mod_wsgi', '@temporary@', 'mod_wsgi-express', 'start-server', '--server-root', '@temporary@'],
      ...['--application-type', 'module', '--port', '8080', '--processes', '2', '--threads', '5'],
      ...['--log-to-terminal', '--access-log', '--working-directory', home],
      ...['--trust-proxy-header', 'X-Forwarded-Proto', '--trust-proxy', '127.0.0.1', '--trust-proxy', '::1'],
      ...['--callable-object', 'application', 'wsgi'],
    ]);
    expect(said(launch)[0]).toBe('---> Serving application with mod_wsgi (wsgi) ...');
  });

  test('gunicorn wins when both are there, unless APP_SERVER says otherwise', () => {
    const scene = { files: wsgi, installed: { ...gunicorn, ...modWsgi } };
    const { launch, rejected } = launched(scene);
    expect(launch.server).toBe('gunicorn');
    expect(rejected.at(-1)?.reason).toBe('gunicorn comes first; APP_SERVER=mod_wsgi would choose it');
    expect(launchOf({ ...scene, environment: { APP_SERVER: 'mod_wsgi' } }).server).toBe('mod_wsgi');
  });

  test('[B40] APP_SERVER=mod_wsgi passes over gunicorn.conf.py', () => {
    const files = { ...wsgi, 'gunicorn.conf.py': 'wsgi_app = "x"\n' };
    const scene = { files, installed: { ...gunicorn, ...modWsgi }, environment: { APP_SERVER: 'mod_wsgi' } };
    expect(launchOf(scene).server).toBe('mod_wsgi');
  });

  test('takes a variable, PORT, workers, PYTHONPATH; migrates', () => {
    const scene = {
      files: { ...djangoProject },
      installed: { ...modWsgi, ...django },
      environment: { PORT: '9000', WEB_CONCURRENCY: '7', PYTHONPATH: '/srv/lib' },
    };
    expect(launched(scene).plan.steps).toHaveLength(1);
    const words = argumentsOf(scene);
    expect(words).toContain('--port 9000 --processes 7 ');
    expect(words).toContain(`--python-path ${home} --python-path /srv/lib `);
    expect(words).toMatch(/--callable-object application project\.wsgi$/);
  });

  test.each([
    ['*', '--trust-proxy-header X-Forwarded-Proto --callable'],
    ['10.0.0.0/8, 192.168.1.7', '--trust-proxy 10.0.0.0/8 --trust-proxy 192.168.1.7 --callable'],
    ['', `${home} --callable`],
  ])('FORWARDED_ALLOW_IPS=%j is read as gunicorn reads it', (value, words) => {
    expect(argumentsOf({ files: wsgi, installed: modWsgi, environment: { FORWARDED_ALLOW_IPS: value } })).toContain(words);
  });

  test('root serves as nobody', () => {
    const scene = { files: wsgi, installed: modWsgi, identity: { uid: 0 } };
    expect(argumentsOf(scene)).toContain('--user nobody --group root');
    const bare = launchOf({ ...scene, environment: { S2I_INIT: 'off' } });
    expect(bare.argv).not.toContain('--server-root');
  });

  test('[B65] S2I_INIT=off starts it bare', () => {
    const launch = launchOf({ files: wsgi, installed: modWsgi, environment: { S2I_INIT: 'off' } });
    expect(launch.argv.slice(0, 4)).toEqual(['mod_wsgi-express', 'start-server', '--server-root', '@temporary@']);
  });

  test('calls no factory, and says what it does not read', () => {
    const factory = { files: {}, installed: modWsgi, environment: { APP_MODULE: 'app:create_app()' } };
    expect(failuresOf(factory)).toMatchObject([{ kind: 'setting-value', setting: 'APP_MODULE' }]);
    const scene = { files: wsgi, installed: modWsgi, environment: { GUNICORN_CMD_ARGS: '--threads 2' } };
    expect(said(launchOf(scene)).at(-1)).toBe("GUNICORN_CMD_ARGS is not used: it is gunicorn's, and mod_wsgi serves.");
  });
});

describe('APP_SERVER', () => {
  test.each(['gunicorn', 'mod_wsgi'])('%s that is not installed is a failure', (server) => {
    expect(failuresOf({ files: wsgi, environment: { APP_SERVER: server } })).toEqual([
      { kind: 'server-not-installed', server, requirement: server },
    ]);
  });

  test.each([
    ['gunicorn', gunicorn],
    ['mod_wsgi', modWsgi],
  ])('%s without an application is a failure', (server, installed) => {
    const files = { 'manage.py': '' };
    expect(failuresOf({ files, installed: { ...installed, ...django }, environment: { APP_SERVER: server } })).toEqual([
      { kind: 'server-without-application', server },
    ]);
  });

  test('with something else than these is a failure', () => {
    expect(failuresOf({ files: wsgi, environment: { APP_SERVER: 'tomcat' } })[0]).toMatchObject({ setting: 'APP_SERVER' });
  });

  test('does not keep app.py from being started', () => {
    const scene = { files: { 'app.py': '' }, installed: modWsgi, environment: { APP_SERVER: 'mod_wsgi' } };
    expect(launchOf(scene).server).toBe('python-script');
    expect(said(launchOf(scene)).at(-1)).toBe('APP_SERVER is not used: app.py comes first.');
  });
});
