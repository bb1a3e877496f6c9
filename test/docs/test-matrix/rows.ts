/** One thing that is promised, and what shows it. */
export interface Row {
  readonly what: string;
  /** Cases of test/corpus, `*` for any part of a name. */
  readonly corpus: readonly string[];
  /** Folders of test/apps. */
  readonly apps: readonly string[];
  /** Other files of test/ with real programs, from there. */
  readonly also?: readonly string[];
}

/** Ways to install. */
export const INSTALLERS: readonly Row[] = [
  {
    what: 'requirements.txt',
    corpus: ['requirements/*', 'failing-tools/pip-*'],
    apps: ['flask-gunicorn', 'numpy', 'custom-index', 'app-config', 'setup-requirements'],
    also: ['real/bad-input/index.test.ts', 'real/incremental.test.ts'],
  },
  {
    what: 'setup.py, setup.cfg, pyproject.toml',
    corpus: ['packages/*'],
    apps: ['setup-py', 'setup-cfg', 'pyproject-src-layout'],
  },
  {
    what: 'which of several, S2I_PACKAGE_MANAGER',
    corpus: ['locks/several*', 'locks/*asked-for', 'locks/setting-*', 'mixed/*'],
    apps: ['several-locks', 'uv-requirements'],
  },
  { what: 'uv.lock', corpus: ['locks/uv', 'locks/uv-*'], apps: ['uv-lock', 'uv-package'], also: ['real/locks.test.ts'] },
  { what: 'uv: workspaces', corpus: ['locks/uv-workspace', 'mixed/workspace'], apps: ['uv-lock'] },
  {
    what: 'uv: tool.uv.package, required-version',
    corpus: ['locks/uv-package*', 'locks/uv-required-version*'],
    apps: ['uv-package'],
  },
  {
    what: 'wrong .python-version, broken interpreter, lock of another index',
    corpus: ['locks/uv-wrong-python', 'locks/uv-mirror', 'locks/python-*', 'failing-tools/python-missing'],
    apps: ['python-agreement'],
    also: ['real/locks.test.ts', 'real/mirrors.test.ts'],
  },
  {
    what: 'requirements.txt by uv',
    corpus: ['locks/uv-requirements'],
    apps: ['uv-requirements'],
    also: ['real/locks.test.ts', 'real/mirrors.test.ts'],
  },
  {
    what: 'poetry.lock: main group, package-mode',
    corpus: ['locks/poetry*'],
    apps: ['poetry-lock', 'poetry-package'],
    also: ['real/locks.test.ts'],
  },
  { what: 'pdm.lock', corpus: ['locks/pdm*'], apps: ['pdm-lock'], also: ['real/locks.test.ts'] },
  {
    what: 'Pipfile.lock, Pipfile (`--deploy`)',
    corpus: ['locks/pipfile*', 'locks/pipenv*', 'pipenv/*'],
    apps: ['pipfile-lock', 'pipenv', 'pin-pipenv-version', 'pyuwsgi-pipenv'],
    also: ['real/locks.test.ts'],
  },
  { what: 'pylock.toml, pylock.NAME.toml', corpus: ['locks/pylock*', 'mixed/*pylock'], apps: ['pylock', 'pylock-named'] },
  {
    what: 'micropipenv',
    corpus: ['pipenv/micropipenv-*', 'locks/micropipenv-asked-for', 'bad-settings/pipenv-and-micropipenv*'],
    apps: ['micropipenv', 'micropipenv-requirements', 'pipenv-and-micropipenv'],
  },
  {
    what: 'wheelhouse/, no index',
    corpus: ['locks/offline-*', 'locks/wheelhouse-with-index', 'locks/*-no-index'],
    apps: ['offline'],
    also: ['image/containers/tools.test.ts'],
  },
  {
    what: 'secrets',
    corpus: ['locks/secret*', 'bad-settings/index-with-password', 'bad-manifests/*password*'],
    apps: ['secret-brought'],
    also: ['real/secrets.test.ts', 'real/index.test.ts', 'image/containers/secrets.test.ts', 'consumers/secrets.test.ts'],
  },
  { what: 'bytecode', corpus: ['requirements/no-bytecode'], apps: ['bytecode'], also: ['real/bytecode.test.ts'] },
  {
    what: 'pip check after each install',
    corpus: ['locks/check-*'],
    apps: ['poetry-lock', 'pipfile-lock'],
  },
  {
    what: 'extras and groups',
    corpus: ['locks/*-extras-and-groups', 'packages/extras'],
    apps: ['poetry-lock'],
  },
  {
    what: 'fast again: save-artifacts, a layer of dependencies',
    corpus: ['saved/*', 'dependency-layer/*'],
    apps: [],
    also: [
      'real/incremental.test.ts',
      'real/dependency-layer.test.ts',
      'consumers/incremental.test.ts',
      'image/containers/recipes.test.ts',
    ],
  },
];

/** Ways to start. */
export const SERVERS: readonly Row[] = [
  {
    what: 'gunicorn',
    corpus: ['gunicorn/*'],
    apps: ['flask-gunicorn', 'app-config', 'gunicorn-conf-wsgi-app', 'gunicorn-different-port', 'gunicorn-config-different-port'],
    also: ['image/containers/small.test.ts', 'image/containers/native-hooks.test.ts'],
  },
  {
    what: "gunicorn with uvicorn's worker",
    corpus: ['asgi/gunicorn-uvicorn-worker', 'asgi/own-worker-class'],
    apps: ['fastapi-gunicorn'],
  },
  { what: 'uvicorn', corpus: ['asgi/uvicorn', 'asgi/workers-*'], apps: ['fastapi-uvicorn-workers'] },
  { what: '`fastapi[standard]`', corpus: ['asgi/fastapi-standard', 'asgi/tool-fastapi'], apps: ['fastapi-uvicorn'] },
  { what: 'hypercorn', corpus: ['asgi/hypercorn', 'wsgi/hypercorn'], apps: ['fastapi-hypercorn'] },
  { what: 'granian', corpus: ['asgi/granian', 'wsgi/granian'], apps: ['starlette-granian'] },
  { what: 'daphne', corpus: ['asgi/daphne', 'bad-start/factory-with-daphne'], apps: ['django-daphne'] },
  {
    what: 'mod_wsgi',
    corpus: ['mod-wsgi/*', 'bad-start/mod-wsgi-*', 'bad-start/micro-mod-wsgi'],
    apps: ['mod-wsgi', 'mod-wsgi-app-py'],
  },
  { what: 'waitress', corpus: ['wsgi/waitress*'], apps: ['waitress'] },
  { what: 'uwsgi, pyuwsgi', corpus: ['wsgi/uwsgi'], apps: ['pyuwsgi', 'uwsgi'] },
  { what: 'Streamlit', corpus: ['pages/streamlit-*'], apps: ['streamlit'] },
  { what: 'Gradio', corpus: ['pages/gradio-*', 'pages/fastapi-first'], apps: ['gradio'] },
  {
    what: 'Procfile without shell syntax',
    corpus: ['procfile/web', 'procfile/without-shell', 'procfile/exec-and-quotes'],
    apps: ['procfile'],
  },
  {
    what: 'Procfile with shell syntax, APP_PROCESS',
    corpus: ['procfile/shell', 'procfile/worker', 'procfile/web-concurrency*'],
    apps: ['procfile-process', 'procfile-shell'],
  },
  { what: '[project.scripts] with one entry', corpus: ['scripts/project-script*'], apps: ['project-script'] },
  { what: 'Django over WSGI', corpus: ['django/*'], apps: ['django', 'django-app-home', 'django-different-port'] },
  { what: 'Django over ASGI', corpus: ['asgi/django-*', 'mixed/django-with-asgi'], apps: ['django-daphne', 'django-asgi'] },
  { what: 'APP_SERVER', corpus: ['asgi/app-server', 'wsgi/app-server', 'bad-*/app-server-*'], apps: ['starlette-granian'] },
  {
    what: 'default app.py that only defines',
    corpus: ['scripts/*only-defines', 'bad-start/app-py-only-defines-without-server'],
    apps: ['app-py-only-defines', 'fastapi-uvicorn-workers'],
  },
  {
    what: 'factories, other names, imports',
    corpus: ['asgi/factory*', 'asgi/name-*', 'asgi/annotated', 'asgi/imported', 'asgi/star-import'],
    apps: ['fastapi-hypercorn'],
  },
  { what: 'app.sh, app.py, APP_SCRIPT, APP_FILE', corpus: ['scripts/app-*'], apps: ['app-sh', 'app-py', 'standalone', 'locale'] },
  { what: 'APP_MODULE, APP_HOME', corpus: ['app-home/*', 'bad-start/app-*'], apps: ['app-module', 'app-home'] },
  {
    what: 'protocols told apart',
    corpus: ['bad-start/*-only', 'start/import-tells-*', 'bad-start/app-server-wrong-protocol'],
    apps: ['asgi-refused'],
  },
];

/** What comes around the server. */
export const AROUND: readonly Row[] = [
  { what: 'start decided and checked while building', corpus: ['start/*'], apps: ['start-check'], also: ['run/stored.test.ts'] },
  {
    what: 'health: TCP',
    corpus: [],
    apps: [],
    also: ['native/health.test.ts', 'real/apps.test.ts', 'image/containers/flavours.test.ts'],
  },
  { what: 'health: HTTP', corpus: [], apps: [], also: ['native/health.test.ts', 'image/containers/operating.test.ts'] },
  {
    what: 'S2I_MIGRATE=never, start',
    corpus: ['migrate/never*', 'migrate/start', 'migrate/unreachable', 'migrate/refused'],
    apps: ['django'],
    also: ['real/migrations.test.ts'],
  },
  {
    what: 'S2I_MIGRATE=lock, PostgreSQL',
    corpus: ['migrate/lock*', 'migrate/no-lock'],
    apps: [],
    also: ['real/migrations.test.ts', 'image/containers/operating.test.ts'],
  },
  {
    what: 'the command migrate',
    corpus: ['migrate/command*'],
    apps: [],
    also: ['real/migrations.test.ts', 'image/containers/operating.test.ts'],
  },
  {
    what: 'hooks of the project: pre-install, post-install, verify, pre-run',
    corpus: ['hooks/*'],
    apps: ['user-hooks'],
    also: ['real/user-hooks.test.ts', 'image/containers/operating.test.ts'],
  },
  {
    what: 'stops on TERM in time, requests in flight',
    corpus: [],
    apps: [],
    also: [
      'real/apps.test.ts',
      'real/launch-signals.test.ts',
      'real/server-signals.test.ts',
      'image/containers/flavours.test.ts',
    ],
  },
];
