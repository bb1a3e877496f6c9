import type { Reader } from '../../execute/reader.ts';
import { type DjangoProject, readDjangoProject, readWsgiModules } from '../../inspect/django/project.ts';
import { type Installed, versionOf } from '../../inspect/installed.ts';
import { readLimits } from '../../inspect/limits/limits.ts';
import { join } from '../../inspect/paths.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { findSimilar } from '../../inspect/similar.ts';
import type { RunFacts, ServingFacts, SetupAnswer } from '../facts.ts';
import { readConfiguration } from './configuration.ts';
import { type ModuleFinder, moduleFinder } from './modules.ts';
import { similarNames } from './script.ts';
import { readSetup } from './setup.ts';

export interface ServingOptions {
  readonly settings: Settings;
  readonly place: RunFacts['place'];
  readonly appHome: string;
  readonly pythonPath: string;
  readonly installed: Installed;
  readonly isAssumed: 'yes' | 'no';
  /** True when the program is on PATH (or will be). */
  readonly hasProgram: (name: string) => boolean;
  readonly setupAnswer: SetupAnswer | undefined;
  /** Where `/sys` and `/proc` lie. */
  readonly systemRoot: string;
}

const FRAMEWORKS = ['bottle', 'django', 'falcon', 'fastapi', 'flask', 'litestar', 'pyramid', 'sanic', 'starlette', 'tornado'];

/** Reads what the choice between servers and applications needs; what an earlier candidate decides is not read. */
export function readServing(reader: Reader, options: ServingOptions): ServingFacts {
  const { settings, installed, appHome } = options;
  const version = (program: string, distribution: string) =>
    options.hasProgram(program) ? (versionOf(installed, distribution) ?? '') : undefined;
  const gunicorn = version('gunicorn', 'gunicorn');
  const modWsgi = version('mod_wsgi-express', 'mod-wsgi');
  const served = gunicorn !== undefined || modWsgi !== undefined;
  const named = settings.text('APP_MODULE')?.value;
  const has = (name: string) => reader.stat(join(appHome, name))?.type === 'file';
  const wsgiPy = has('wsgi.py');
  const managePy = has('manage.py');
  const django = versionOf(installed, 'django');
  const finder = moduleFinder(reader, { ...options, certain: changesPath(options) ? 'no' : 'yes' });
  const appModule = served && named !== undefined ? finder.locate(named.split(':')[0] ?? '') : undefined;
  const open = served && named === undefined && !wsgiPy;
  const home = reader.environment.HOME ?? join(options.place.appRoot, 'src');
  const setup = open ? readSetup(reader, finder, home, options.setupAnswer) : undefined;
  const setupServes = setup?.module?.place.found === 'yes' && setup.module.mayHaveApplication;
  const project = open && !setupServes && django !== undefined && managePy ? readProject(reader, appHome, finder) : undefined;
  return {
    gunicorn,
    modWsgi,
    django,
    managePy,
    wsgiPy,
    appModule,
    similarModules: appModule?.found === 'no' ? similarModules(reader, appHome, named) : [],
    setup,
    project: project?.project,
    projectModules: project?.modules ?? [],
    ...readServerConfiguration(reader, options, open),
    searched: finder.folders,
    pythonFiles: named === undefined && !wsgiPy && !managePy && setup === undefined ? pythonFilesIn(reader, appHome) : [],
    frameworks: FRAMEWORKS.filter((name) => versionOf(installed, name) !== undefined),
    forwardedAllowIps: reader.environment.FORWARDED_ALLOW_IPS ?? '127.0.0.1,::1',
    limits: served && settings.integer('WEB_CONCURRENCY') === undefined ? readLimits(reader, options.systemRoot) : undefined,
  };
}

function similarModules(reader: Reader, folder: string, named = ''): readonly string[] {
  const names = (reader.list(folder)?.names ?? []).map((name) => name.replace(/\.py$/, ''));
  const modules = names.filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return findSimilar(modules, named.split(/[.:]/)[0] ?? '');
}

/** What could be the application: Python files that are not there for something else. */
function pythonFilesIn(reader: Reader, folder: string): readonly string[] {
  const names = reader.list(folder)?.names ?? [];
  return names
    .filter((name) => /^[A-Za-z]\w*\.py$/.test(name) && !/^(setup|conftest|noxfile|test_.*)\.py$/.test(name))
    .slice(0, 5);
}

/** gunicorn's own settings can change its folder and its path, and what is not installed yet cannot be listed. */
function changesPath({ settings, isAssumed }: ServingOptions): boolean {
  const own = settings.text('APP_CONFIG') ?? settings.text('GUNICORN_CMD_ARGS');
  return isAssumed === 'yes' || own !== undefined;
}

function readProject(
  reader: Reader,
  appHome: string,
  finder: ModuleFinder,
): { readonly project: DjangoProject; readonly modules: ServingFacts['projectModules'] } {
  const project = readDjangoProject(reader, appHome, finder.folders);
  const named = project.wsgiApplications.flatMap((one) => (one.is === 'text' ? [one.text.replace(/\.[^.]*$/, '')] : []));
  const modules = [...new Set(named)].map((module) => ({ module, place: finder.locate(module) }));
  const lost = modules.length > 0 && modules.every(({ place }) => place.found === 'no');
  return { project: lost ? { ...project, wsgiModules: readWsgiModules(reader, appHome) } : project, modules };
}

function readServerConfiguration(
  reader: Reader,
  { settings, place, appHome, hasProgram }: ServingOptions,
  open: boolean,
): Pick<ServingFacts, 'configuration' | 'similarConfiguration'> {
  const given = settings.text('APP_CONFIG')?.value;
  const file = given === undefined ? 'gunicorn.conf.py' : given.replace(/^file:/, '');
  const none = { configuration: { file, is: 'absent' }, similarConfiguration: [] } as const;
  if (!hasProgram('gunicorn')) return none;
  // gunicorn imports `python:module` itself; there is no file to look at.
  if (file.startsWith('python:')) return { ...none, configuration: { file, is: 'without-application' } };
  const path = join(appHome, file);
  // The one in the folder where run was started is known already (B40).
  if (given === undefined && (!open || appHome === place.directory)) return none;
  const is = open ? readConfiguration(reader, path) : reader.stat(path) === undefined ? 'absent' : 'without-application';
  const similar = given !== undefined && is === 'absent' ? similarNames(reader, path) : [];
  return { configuration: { file, is }, similarConfiguration: similar };
}
