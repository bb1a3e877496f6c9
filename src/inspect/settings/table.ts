/**
 * The documented environment variables, as data. The README's table is rendered from here; `read.ts` parses by it.
 * Names that begin with `S2I_` are ours; the others are the incumbent's or a tool's own.
 */
export type SettingType =
  /** On when not empty, as the incumbent has it; a value that looks like "off" gets a line that says so. */
  | { readonly type: 'switch' }
  /** `1 true yes on` or `0 false no off`. */
  | { readonly type: 'boolean' }
  | { readonly type: 'text' }
  /** One pair of matching quotes around the value is taken off (B116). */
  | { readonly type: 'unquoted-text' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'integer'; readonly least: number; readonly most: number }
  | { readonly type: 'pattern'; readonly pattern: RegExp; readonly expected: string }
  | { readonly type: 'absolute-path' };

export interface Setting {
  readonly name: string;
  readonly is: SettingType;
  readonly hooks: readonly ('assemble' | 'run' | 'save-artifacts')[];
  readonly default: string;
  readonly meaning: string;
  /** A value that would be right, for error messages. */
  readonly example: string;
}

type Row = readonly [
  name: string,
  is: SettingType,
  hooks: 'a' | 'r' | 'ar' | 'ars',
  fallback: string,
  meaning: string,
  example: string,
];

const ON: SettingType = { type: 'switch' };
const TEXT: SettingType = { type: 'text' };
const NAME: SettingType = { type: 'unquoted-text' };
const SECONDS: SettingType = { type: 'integer', least: 0, most: 86400 };

const ROWS = [
  [
    'APP_HOME',
    NAME,
    'ar',
    '.',
    'Folder of the application inside the source; collectstatic and the start command work there.',
    'project',
  ],
  ['APP_SCRIPT', NAME, 'r', 'app.sh', 'Script that starts the application.', 'app.sh'],
  ['APP_FILE', NAME, 'r', 'app.py', 'Python file that starts the application.', 'app.py'],
  ['APP_MODULE', NAME, 'r', 'found', 'WSGI or ASGI application as `module:variable`, or `module:factory()`.', 'wsgi:application'],
  ['APP_CONFIG', NAME, 'r', 'none', "gunicorn's configuration file.", 'gunicorn.conf.py'],
  ['APP_PROCESS', NAME, 'r', 'web', 'Line of Procfile to run; when set it comes before everything else.', 'worker'],
  [
    'APP_SERVER',
    {
      type: 'choice',
      choices: ['gunicorn', 'mod_wsgi', 'uvicorn', 'hypercorn', 'granian', 'daphne', 'uwsgi', 'waitress', 'streamlit', 'gradio'],
    },
    'r',
    'found',
    'Server to use when several are installed. streamlit and gradio run APP_FILE, where that is set too.',
    'mod_wsgi',
  ],
  [
    'GUNICORN_CMD_ARGS',
    TEXT,
    'r',
    'none',
    'Arguments for gunicorn, split as gunicorn splits them; replaces our defaults.',
    '--threads=4',
  ],
  ['WEB_CONCURRENCY', { type: 'integer', least: 1, most: 10000 }, 'r', 'from the limits', 'Number of workers; always wins.', '4'],
  ['PORT', { type: 'integer', least: 1, most: 65535 }, 'r', '8080', 'Port to listen on; exported to the application.', '8080'],
  [
    'S2I_HEALTH_PATH',
    { type: 'pattern', pattern: /^\/[!-~]*$/, expected: 'a path that begins with / and has no spaces' },
    'r',
    'none: a connection is enough',
    'Page that `healthcheck` asks for; 2xx and 3xx are healthy.',
    '/healthz',
  ],
  [
    'S2I_HEALTH_HOST',
    { type: 'pattern', pattern: /^[\w.:[\]-]+$/, expected: 'a name, or a name and a port' },
    'r',
    'localhost',
    'Host header of that request.',
    'www.example.com',
  ],
  [
    'S2I_HEALTH_TIMEOUT',
    { type: 'integer', least: 1, most: 300 },
    'r',
    '3',
    'Seconds that `healthcheck` waits for a connection and an answer.',
    '1',
  ],
  [
    'FORWARDED_ALLOW_IPS',
    TEXT,
    'r',
    "gunicorn's default",
    'Proxies whose headers are trusted, as gunicorn reads it; mod_wsgi obeys it too.',
    '10.0.0.1',
  ],
  ['DISABLE_MIGRATE', ON, 'r', 'off', 'Do not run `manage.py migrate` at start.', '1'],
  [
    'S2I_MIGRATE',
    { type: 'choice', choices: ['never', 'start', 'lock'] },
    'r',
    'start',
    'Whether Django migrates at start; `lock` lets one replica at a time do it, under a lock in the database.',
    'lock',
  ],
  ['S2I_MIGRATE_TIMEOUT', SECONDS, 'r', '600', 'Seconds to wait for that lock while another process migrates.', '1800'],
  ['S2I_DATABASE_TIMEOUT', SECONDS, 'r', '60', 'Seconds to wait for a database that does not answer before it migrates.', '300'],
  ['DISABLE_COLLECTSTATIC', ON, 'a', 'off', 'Do not run `manage.py collectstatic`.', '1'],
  [
    'S2I_COLLECTSTATIC',
    { type: 'choice', choices: ['error', 'warn'] },
    'a',
    'error',
    'What a failing collectstatic does to the build.',
    'warn',
  ],
  ['DISABLE_SETUP_PY_PROCESSING', ON, 'a', 'off', 'Do not install the application because of setup.py or setup.cfg.', '1'],
  ['DISABLE_PYPROJECT_TOML_PROCESSING', ON, 'a', 'off', 'Do not install the application because of pyproject.toml.', '1'],
  ['ENABLE_PIPENV', ON, 'a', 'off', 'Install the dependencies with Pipenv.', '1'],
  ['PIN_PIPENV_VERSION', TEXT, 'a', 'newest', 'Version of Pipenv to install.', '2026.0.3'],
  ['ENABLE_MICROPIPENV', ON, 'a', 'off', 'Install the dependencies with micropipenv.', '1'],
  [
    'S2I_PACKAGE_MANAGER',
    { type: 'choice', choices: ['pip', 'uv', 'poetry', 'pdm', 'pipenv', 'micropipenv'] },
    'a',
    'by the files of the source',
    'Tool that installs the dependencies. uv takes uv.lock, else pylock.toml, else requirements.txt.',
    'uv',
  ],
  [
    'S2I_INSTALL_EXTRAS',
    TEXT,
    'a',
    'none',
    'Optional dependencies (extras) of the project to install, separated by commas or spaces.',
    'postgres,metrics',
  ],
  [
    'S2I_INSTALL_GROUPS',
    TEXT,
    'a',
    'none',
    'Dependency groups (with Pipenv: categories) to install besides the main one, separated by commas or spaces.',
    'production',
  ],
  [
    'S2I_DEPENDENCY_CHECK',
    { type: 'choice', choices: ['error', 'warn', 'off'] },
    'a',
    'error with a lock, else warn',
    'What it does to the build that installed packages do not fit each other (`pip check`).',
    'warn',
  ],
  [
    'S2I_TOOLS',
    { type: 'absolute-path' },
    'a',
    '/usr/lib/s2i/tools',
    'Folder with packaging tools that the image brings, each in a virtual environment of its name or packed; what is missing is fetched for the build.',
    '/usr/lib/s2i/tools',
  ],
  ['UPGRADE_PIP_TO_LATEST', ON, 'a', 'off', 'Upgrade pip, setuptools and wheel before anything is installed.', '1'],
  [
    'PIP_INDEX_URL',
    TEXT,
    'a',
    "pip's default",
    "pip's package index. Better mounted as a pip.conf when it holds a password.",
    'https://index.example/simple',
  ],
  [
    'S2I_CA_BUNDLE',
    { type: 'absolute-path' },
    'a',
    '/run/secrets/ca.crt when mounted',
    "Certificates that assemble's tools trust in addition to the system's.",
    '/run/secrets/ca.crt',
  ],
  ['ENABLE_INIT_WRAPPER', ON, 'r', 'off', 'Start app.sh, app.py and the development server under an init, always.', '1'],
  [
    'S2I_INIT',
    { type: 'choice', choices: ['auto', 'on', 'off'] },
    'r',
    'auto',
    'Init for what does not handle signals itself: auto gives it one when it would be process 1.',
    'off',
  ],
  [
    'S2I_GRACE_PERIOD',
    { type: 'integer', least: 1, most: 3600 },
    'r',
    '25; gunicorn: 30; mod_wsgi: no limit',
    'Seconds that requests in flight get to end when the container is stopped; less than the grace period of its platform.',
    '55',
  ],
  [
    'S2I_START_CHECK',
    { type: 'choice', choices: ['error', 'warn', 'off'] },
    'a',
    'error where `run` will start the image, else warn',
    'What assemble does when nothing can be started, or the application to serve is not there; `off` imports nothing either.',
    'warn',
  ],
  [
    'S2I_USER_HOOKS',
    { type: 'choice', choices: ['on', 'off'] },
    'ar',
    'on',
    'Whether the programs in `.s2i/hooks` are run: `pre-install`, `post-install`, `verify`, `pre-run`.',
    'off',
  ],
  ['S2I_STRICT', { type: 'boolean' }, 'ar', 'off', 'Warnings about what is certainly wrong become errors.', '1'],
  ['S2I_LOG_FORMAT', { type: 'choice', choices: ['text', 'json'] }, 'ars', 'text', 'Form of the log.', 'json'],
  ['S2I_DESTINATION', { type: 'absolute-path' }, 'a', '/tmp', 'Folder in which S2I unpacks `src` and `artifacts`.', '/tmp'],
  [
    'APP_ROOT',
    { type: 'absolute-path' },
    'ars',
    '/opt/app-root',
    'Folder of the virtual environment and, in `src`, of the application.',
    '/opt/app-root',
  ],
] as const satisfies readonly Row[];

export type SettingName = (typeof ROWS)[number][0];

const HOOKS = { a: 'assemble', r: 'run', s: 'save-artifacts' } as const;

export const SETTINGS: readonly (Setting & { readonly name: SettingName })[] = ROWS.map(
  ([name, is, hooks, fallback, meaning, example]) => ({
    name,
    is,
    hooks: [...hooks].map((letter) => HOOKS[letter as 'a' | 'r' | 's']),
    default: fallback,
    meaning,
    example,
  }),
);
