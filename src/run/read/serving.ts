import type { Reader } from '../../execute/reader.ts';
import type { SourcesAnswer } from '../../inspect/applications/answer.ts';
import { type DjangoProject, type Protocols, readDjangoModules, readDjangoProject } from '../../inspect/django/project.ts';
import { type Installed, versionOf } from '../../inspect/installed.ts';
import { join } from '../../inspect/paths.ts';
import type { ModulePlace } from '../../inspect/python/modules.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import { findSimilar } from '../../inspect/similar.ts';
import type { DecidingFacts, Imported, RunFacts, ServingFacts, SetupAnswer, SourcesFacts } from '../facts.ts';
import { readConfiguration, readWorkerClass } from './configuration.ts';
import { type ModuleFinder, moduleFinder } from './modules.ts';
import { readPages } from './pages.ts';
import { similarNames } from './script.ts';
import { readServers, uvicornWorker } from './servers.ts';
import { readSetup } from './setup.ts';
import { readNamed, readSources } from './sources.ts';

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
  readonly sourcesAnswer: SourcesAnswer | undefined;
  readonly imported: Imported | undefined;
  /** app.py is there, and only its source can tell whether it is to be run or served. */
  readonly doubtful: boolean;
}

const FRAMEWORKS = ['bottle', 'django', 'falcon', 'fastapi', 'flask', 'litestar', 'pyramid', 'sanic', 'starlette', 'tornado'];

/** Reads what the choice between servers and applications needs; what an earlier candidate decides is not read. */
export function readServing(reader: Reader, options: ServingOptions): NonNullable<DecidingFacts['serving']> {
  const { settings, installed, appHome } = options;
  const servers = readServers(installed, options.hasProgram);
  const served = Object.keys(servers).length > 0;
  const named = settings.text('APP_MODULE')?.value;
  const has = (name: string) => reader.stat(join(appHome, name))?.type === 'file';
  const wsgiPy = has('wsgi.py');
  const managePy = has('manage.py');
  const django = versionOf(installed, 'django');
  const finder = moduleFinder(reader, { ...options, certain: changesPath(options) ? 'no' : 'yes' });
  const appModule = served && named !== undefined ? finder.locate(named.split(':')[0] ?? '') : undefined;
  const open = named === undefined && !wsgiPy;
  const home = reader.environment.HOME ?? join(options.place.appRoot, 'src');
  const setup = open && served ? readSetup(reader, finder, home, options.setupAnswer) : undefined;
  const setupModule = setup?.module?.place.found === 'yes' && setup.module.mayHaveApplication ? setup.module.place : undefined;
  const stillOpen = open && setupModule === undefined;
  const project =
    stillOpen && served && django !== undefined && managePy
      ? readProject(reader, appHome, finder, protocolsOf(servers))
      : undefined;
  // Without a server Django's own one starts, whatever else is there.
  const discovers = options.doubtful || (stillOpen && (served || django === undefined || !managePy));
  const sources = discovers ? readSources(reader, { ...options, finder, answer: options.sourcesAnswer }) : namedOnly(options);
  const place = appModule ?? (wsgiPy && named === undefined ? finder.locate('wsgi') : setupModule);
  const source = served && place !== undefined ? readNamed(reader, place, appHome) : undefined;
  return {
    servers,
    pages: readPages(reader, { ...options, home }),
    uvicornWorker: uvicornWorker(reader, installed),
    django,
    managePy,
    wsgiPy,
    appModule,
    similarModules: appModule?.found === 'no' ? similarModules(reader, appHome, named) : [],
    named: source,
    sources,
    setup,
    project: project?.project,
    projectModules: project?.modules ?? [],
    ...readServerConfiguration(reader, options, open),
    workerClass:
      servers.gunicorn === undefined ? 'not-given' : readWorkerClass(reader, appHome, settings.text('APP_CONFIG')?.value),
    searched: finder.folders,
    pythonFiles: named === undefined && !wsgiPy && !managePy && setup === undefined ? pythonFilesIn(reader, appHome) : [],
    below: discovers && !managePy && sources.files.every(({ of }) => of === 'other') ? signsBelow(reader, appHome) : [],
    frameworks: FRAMEWORKS.filter((name) => versionOf(installed, name) !== undefined),
    imported: options.imported,
  };
}

/** Only what is named is of interest. */
function namedOnly({ appHome, pythonPath, sourcesAnswer }: ServingOptions): SourcesFacts {
  const roots = [appHome, join(appHome, 'src'), ...pythonPath.split(':').filter((one) => one !== '')];
  return { roots, files: [], entrypoint: undefined, scripts: [], answer: sourcesAnswer };
}

/** Whatever serves ASGI needs the project's ASGI application to be looked for. */
function protocolsOf({ mod_wsgi: _, ...servers }: ServingFacts['servers']): Protocols {
  return Object.keys(servers).length > 0 ? 'both' : 'wsgi';
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
    .filter((name) => /^[A-Za-z][\w-]*\.py$/.test(name) && !/^(setup|conftest|noxfile|test_.*)\.py$/.test(name))
    .slice(0, 5);
}

/** By what a folder shows that it is the application's, surest first. */
const SIGNS = ['manage.py', 'app/main.py', 'Procfile', 'gunicorn.conf.py'];

function signsBelow(reader: Reader, folder: string): readonly string[] {
  const names = reader.list(folder)?.names ?? [];
  return names
    .flatMap((name) => SIGNS.map((sign) => `${name}/${sign}`).filter((path) => reader.stat(join(folder, path))?.type === 'file'))
    .slice(0, 3);
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
  protocols: Protocols,
): { readonly project: DjangoProject; readonly modules: ServingFacts['projectModules'] } {
  const project = readDjangoProject(reader, appHome, finder.folders, protocols);
  const located = (applications: DjangoProject['wsgiApplications']) => {
    const named = applications.flatMap((one) => (one.is === 'text' ? [one.text.replace(/\.[^.]*$/, '')] : []));
    return [...new Set(named)].map((module) => ({ module, place: finder.locate(module) }));
  };
  const wsgi = located(project.wsgiApplications);
  const asgi = located(project.asgiApplications);
  return {
    project: {
      ...project,
      ...(isLost(wsgi) ? { wsgiModules: readDjangoModules(reader, appHome, 'wsgi') } : {}),
      ...(isLost(asgi) ? { asgiModules: readDjangoModules(reader, appHome, 'asgi') } : {}),
    },
    modules: [...wsgi, ...asgi],
  };
}

/** The settings name modules that are not there: the files by custom get their chance. */
function isLost(modules: readonly { readonly place: ModulePlace }[]): boolean {
  return modules.length > 0 && modules.every(({ place }) => place.found === 'no');
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
