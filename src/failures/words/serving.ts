import type { Rejected } from '../../run/launch.ts';
import { INVALID, SEVERAL } from '../../run/reasons.ts';
import { renderEnd } from '../cause.ts';
import type { ServingFailure, StartHint } from '../kinds/serving.ts';
import type { Message, Words } from '../message.ts';
import { quote } from './text.ts';

/** The words about choosing and starting a server. */
export const servingWords: Words<ServingFailure> = {
  'unbalanced-quote': ({ setting, value }) => ({
    title: `${setting} ${value.endsWith('\\') ? 'ends in a backslash that escapes nothing' : 'has a quote that is never closed'}: ${quote(value)}`,
    expected: 'words separated by spaces, quoted as in a shell',
    write: { where: 'the environment', text: `${setting}=--access-logformat '%(h)s %(l)s'` },
  }),
  'several-wsgi-modules': ({ modules }) => ({
    title: `Several WSGI modules could serve this Django project: ${modules.join(' and ')}.`,
    expected: 'one of them, or a choice',
    write: { where: '.s2i/environment', text: `APP_MODULE=${withVariable(modules[0] ?? 'project.wsgi')}` },
    wayOut: 'WSGI_APPLICATION in the one settings module that manage.py names decides too.',
  }),
  'server-not-installed': ({ server, requirement }) => ({
    title: `APP_SERVER=${server}, but ${server} is not installed in the virtual environment.`,
    write: { where: 'requirements.txt', text: requirement },
    wayOut: 'leave APP_SERVER unset to use a server that is installed.',
  }),
  'server-without-application': ({ server }) => {
    if (server === 'streamlit' || server === 'gradio') return withoutScript(server);
    return {
      title: `APP_SERVER=${server}, but no application was found for it to serve.`,
      expected:
        'wsgi.py, or a main.py or app.py that defines app, in the folder of the application, a Django project, or APP_MODULE',
      write: { where: '.s2i/environment', text: 'APP_MODULE=module:variable' },
    };
  },
  'several-applications': ({ applications }) => ({
    title: `Several applications could be served: ${applications.join(' and ')}.`,
    expected: 'one of them, or a choice',
    write: { where: '.s2i/environment', text: `APP_MODULE=${applications[0] ?? 'module:app'}` },
  }),
  'no-server-for-protocol': noServerForProtocol,
  'application-missing': applicationMissing,
  'no-factory': ({ application, server }) => ({
    title: `${application} is a function that makes an application, and ${server} calls none.`,
    expected: 'a variable that holds the application, or another server',
    write: [
      { where: 'the module', text: `app = ${application.split(':')[1] ?? 'create_app()'}` },
      { where: '.s2i/environment', text: `APP_MODULE=${application.split(':')[0] ?? 'module'}:app` },
    ],
  }),
  'no-launch': noLaunch,
  'not-started': ({ program, end }) => ({
    title: `${quote(program)} cannot be started: ${renderEnd(end)}.`,
    checks: ['whether it is installed in the virtual environment', 'its first line (#!) when it is a script', 'PATH'],
  }),
};

function noLaunch({ directory, rejected, pythonFiles, hint, ...rest }: NoLaunch): Message {
  const width = Math.max(...rejected.map((one) => one.candidate.length), 0);
  const place = (where: string) => (where === '' || where === directory ? '' : ` (${where})`);
  const serverMissing = rejected.some((one) => one.candidate === 'a server');
  // Only a server is missing: with one the application is found.
  const unserved = rejected
    .map(({ reason }) => /no server for (\w+) is installed/.exec(reason)?.[1])
    .find((one) => one !== undefined);
  const requirement = unserved === 'ASGI' ? 'uvicorn' : 'gunicorn';
  const invalid = rejected.filter(({ reason }) => reason.startsWith(INVALID));
  const setting = hint === undefined ? undefined : lineFor(hint);
  return {
    title: "don't know how to run your application.",
    found: [
      `Looked in ${directory}:`,
      ...rejected.map((one) => `  ${one.candidate.padEnd(width)}  ${one.reason}${place(one.where)}`),
      'Please set either APP_MODULE, APP_FILE or APP_SCRIPT environment variables, or create a file ' +
        "'app.py' to launch your application.",
    ],
    checks: [
      ...invalid.map((one) => `correct ${one.candidate}: ${one.reason.slice(INVALID.length)}`),
      ...(pythonFiles.length === 0
        ? []
        : [
            `whether the application is ${pythonFiles.map(quote).join(', ')}: APP_FILE runs such a file, APP_MODULE has it served`,
          ]),
      ...(serverMissing ? ['whether requirements.txt names a server and was installed'] : []),
      `whether the application lies in a folder of its own: ${hint?.is === 'folder' ? `there is ${hint.file}` : 'APP_HOME=folder'}`,
    ],
    write: [
      ...(unserved !== undefined || (serverMissing && setting === undefined)
        ? [{ where: 'requirements.txt', text: requirement }]
        : []),
      ...(unserved === undefined && invalid.length === 0 ? [setting ?? moduleLine(rejected, pythonFiles, rest.frameworks)] : []),
    ],
    ...(unserved !== undefined && hint?.is === 'program' ? { wayOut: `APP_FILE=${hint.file} runs that file as it is.` } : {}),
  };
}

type NoLaunch = Extract<ServingFailure, { kind: 'no-launch' }>;

interface Written {
  readonly where: string;
  readonly text: string;
}

/** The line that has it started. */
function lineFor(hint: StartHint): Written {
  const where = '.s2i/environment';
  switch (hint.is) {
    case 'process':
      return { where, text: `APP_PROCESS=${hint.name}` };
    case 'script':
      return { where: 'Procfile', text: `web: ${hint.name}` };
    case 'program':
      return { where, text: `APP_FILE=${hint.file}` };
    case 'folder':
      return { where, text: `APP_HOME=${hint.file.split('/')[0] ?? ''}` };
  }
}

function moduleLine(rejected: readonly Rejected[], [file]: readonly string[], frameworks: readonly string[]): Written {
  const several = rejected.find(({ reason }) => reason.startsWith(SEVERAL));
  const object = several?.reason.slice(SEVERAL.length).split(',')[0]?.trim();
  if (several !== undefined && object !== undefined) {
    const dotted = several.candidate
      .replace(/^src\//, '')
      .replace(/(?:\/__init__)?\.py$/, '')
      .replaceAll('/', '.');
    return { where: '.s2i/environment', text: `APP_MODULE=${dotted}:${object}` };
  }
  const module =
    file === undefined ? 'module:variable' : `${file.replace(/\.py$/, '')}:${frameworks.length > 0 ? 'app' : 'application'}`;
  return { where: '.s2i/environment', text: `APP_MODULE=${module}` };
}

function withoutScript(server: string): Message {
  return {
    title: `APP_SERVER=${server}, but no script for it was found.`,
    expected: `app.py, main.py or ${server === 'gradio' ? 'demo' : 'streamlit_app'}.py that imports ${server} and makes pages with it, or APP_FILE`,
    write: { where: '.s2i/environment', text: 'APP_FILE=pages.py' },
  };
}

function withVariable(module: string): string {
  return module.includes(':') ? module : `${module}:application`;
}

const WORKER_CLASS = "a worker_class in gunicorn's own configuration (APP_CONFIG), or in GUNICORN_CMD_ARGS, is obeyed.";

/** One sentence that says why a request would fail, and the package that helps. */
function noServerForProtocol({
  application,
  protocol,
  installed,
}: Extract<ServingFailure, { kind: 'no-server-for-protocol' }>): Message {
  const asgi = protocol === 'asgi';
  const own = installed.length === 0 ? 'nothing that is installed serves it' : `${installed.join(' and ')} cannot serve it`;
  const requirement = !asgi ? 'gunicorn' : installed.includes('gunicorn') ? 'uvicorn-worker' : 'uvicorn';
  return {
    title: `${application} is ${asgi ? 'an ASGI' : 'a WSGI'} application, and ${own}.`,
    expected: asgi
      ? 'an ASGI server: uvicorn, hypercorn, granian, daphne, or gunicorn with uvicorn-worker'
      : 'a WSGI server: gunicorn, mod_wsgi, hypercorn, granian, uwsgi or waitress',
    write: { where: 'requirements.txt', text: requirement },
    ...(asgi && installed.includes('gunicorn') ? { wayOut: WORKER_CLASS } : {}),
  };
}

function applicationMissing(failure: Extract<ServingFailure, { kind: 'application-missing' }>): Message {
  const { server, application, why, missing, name, similar } = failure;
  const module = application.split(':')[0] ?? '';
  const there = similar.length === 0 ? [] : [`There is ${similar.join(', ')}.`];
  const fitting = similar[0] ?? 'application';
  // Written as a path: Python's own way to write it.
  const dotted = module.replace(/\.py$/, '').replaceAll('/', '.');
  const meant = dotted === module ? 'module:variable' : `${dotted}:${application.split(':')[1] ?? 'app'}`;
  return {
    title: `${server} is to serve ${application}, but ${missing === 'module' ? `there is no module ${name}` : `the module ${module} has no ${name}`}.`,
    found: [`${why}.`, ...there],
    expected: 'module:variable of the application object, importable from the folder of the application',
    checks: [
      missing === 'module'
        ? 'whether the module lies in APP_HOME, or is installed; a module has dots for slashes, and no .py'
        : 'which name the application has in the module',
      'whether .s2iignore or .gitignore leaves the file out of the build',
    ],
    write: { where: '.s2i/environment', text: `APP_MODULE=${missing === 'module' ? meant : `${module}:${fitting}`}` },
    wayOut: 'S2I_START_CHECK=off builds without importing the application.',
  };
}
