import type { Reader } from '../../execute/reader.ts';
import type { SourcesAnswer } from '../../inspect/applications/answer.ts';
import { type Installed, readInstalled, versionOf } from '../../inspect/installed.ts';
import { readLimits } from '../../inspect/limits/limits.ts';
import { join, parentOf } from '../../inspect/paths.ts';
import { type Procfile, readProcfile } from '../../inspect/procfile/parse.ts';
import { variablesOf } from '../../inspect/procfile/words.ts';
import { findProgram, hasShell } from '../../inspect/programs.ts';
import type { Settings, SettingsRead } from '../../inspect/settings/read.ts';
import { readUserHook } from '../../inspect/user-hooks.ts';
import type {
  Configuration,
  DecidingFacts,
  Imported,
  InitFacts,
  RunFacts,
  RunPlace,
  ServingFacts,
  SetupAnswer,
  SoughtFile,
} from '../facts.ts';
import { GRADIO_VARIABLES } from '../servers/gradio/options.ts';
import { usesConfiguration } from '../servers/gunicorn/configuration.ts';
import { STREAMLIT_VARIABLES } from '../servers/streamlit/options.ts';
import { readConfiguration } from './configuration.ts';
import { programPath, readEnvironment } from './environment.ts';
import { readOwnGrace } from './grace.ts';
import { readScripts } from './program.ts';
import { similarNames } from './script.ts';
import { readServing, type ServingOptions } from './serving.ts';
import { readUser } from './user.ts';

export interface ReadOptions {
  readonly place: RunPlace;
  readonly settings: SettingsRead;
  /** What to take as installed when nothing is yet; a program is there when its distribution is. */
  readonly assumed?: Installed;
  /** `launch` leaves out what an earlier candidate makes superfluous; `everything` is for `plan`. */
  readonly depth: 'launch' | 'everything';
  /** `build`: values of the environment are not put into the command, because others will be true. */
  readonly when?: 'build' | 'start';
  /** What setup.py answered when it was asked for its name. */
  readonly setupAnswer?: SetupAnswer;
  readonly sourcesAnswer?: SourcesAnswer;
  readonly imported?: Imported;
  /** The deciding facts, where they are known already; they are not read then. */
  readonly known?: DecidingFacts;
  /** Wraps the reader of the deciding facts, to learn what they rest on. */
  readonly watch?: (reader: Reader) => Reader;
  /** Where `/sys` and `/proc` lie; `/` except for fixtures. */
  readonly systemRoot: string;
}

/** Reads everything the launch is decided from, as few files as possible. */
export function readRunFacts(reader: Reader, options: ReadOptions): RunFacts {
  const { place } = options;
  const { settings, notices, failures } = options.settings;
  const appHome = readAppHome(reader, place, settings);
  const environment = readEnvironment(reader, place, appHome);
  const path = programPath(reader, environment);
  const { serving, ...deciding } = options.known ?? readDeciding(reader, options, { appHome, environment, path });
  const ownGrace = usesConfiguration(deciding.configuration, settings)
    ? readOwnGrace(reader, settings, place.directory, undefined)
    : readOwnGrace(reader, settings, appHome.path, settings.text('APP_CONFIG')?.value);
  return {
    place,
    identity: { uid: reader.identity.uid, gid: reader.identity.gid },
    shell: hasShell(reader),
    python: reader.environment.PYTHON_VERSION,
    settings,
    notices,
    settingFailures: failures,
    appHome,
    ...deciding,
    preRun:
      options.when === 'build' ? undefined : readUserHook(reader, settings, { root: place.directory, name: 'pre-run', path }),
    environment,
    given: OPTION_VARIABLES.filter((name) => (reader.environment[name] ?? '') !== ''),
    init: readInit(reader, settings, path),
    variables: options.when === 'build' ? undefined : valuesOf(reader, deciding.procfile),
    ownGrace,
    sharedMemory: reader.stat('/dev/shm')?.type === 'directory',
    user: readUser(reader),
    serving: serving && { ...serving, ...readCircumstances(reader, options, { ...serving, ...deciding }) },
  };
}

const OPTION_VARIABLES = [...STREAMLIT_VARIABLES, ...GRADIO_VARIABLES];

function valuesOf(reader: Reader, procfile: Procfile | undefined): Readonly<Record<string, string>> {
  const names = (procfile?.processes ?? []).flatMap(({ command }) => variablesOf(command));
  return Object.fromEntries([...new Set(names)].map((name) => [name, reader.environment[name] ?? '']));
}

/** What only the running container knows. */
function readCircumstances(
  reader: Reader,
  { settings: { settings }, systemRoot }: ReadOptions,
  { servers, procfile }: Pick<ServingFacts, 'servers'> & Pick<RunFacts, 'procfile'>,
): Pick<ServingFacts, 'limits' | 'forwardedAllowIps'> {
  const counts = (Object.keys(servers).length > 0 || procfile !== undefined) && settings.integer('WEB_CONCURRENCY') === undefined;
  return {
    limits: counts ? readLimits(reader, systemRoot) : undefined,
    forwardedAllowIps: reader.environment.FORWARDED_ALLOW_IPS ?? '127.0.0.1,::1',
  };
}

/** Where the deciding files are looked for. */
interface Whereabouts extends Pick<RunFacts, 'appHome' | 'environment'> {
  /** The PATH that programs are looked up in. */
  readonly path: string;
}

function readDeciding(given: Reader, options: ReadOptions, { appHome, environment, path }: Whereabouts): DecidingFacts {
  const reader = options.watch?.(given) ?? given;
  const { place } = options;
  const { settings } = options.settings;
  const installed = lazily(() => options.assumed ?? readInstalled(reader, place.appRoot));
  const hasProgram = programFinder(reader, path, options.assumed);
  const scripts = appHome.exists
    ? readScripts(reader, appHome.path, options, { path, hasProgram })
    : { script: undefined, file: undefined };
  const serving: ServingOptions = {
    settings,
    place,
    appHome: appHome.path,
    pythonPath: environment.set.PYTHONPATH ?? '',
    get installed() {
      return installed();
    },
    isAssumed: options.assumed === undefined ? 'no' : 'yes',
    hasProgram,
    setupAnswer: options.setupAnswer,
    sourcesAnswer: options.sourcesAnswer,
    imported: options.imported,
    doubtful: scripts.file?.exists === true && scripts.file.ends !== 'may-run',
  };
  const configuration = readShortcut(reader, place, () =>
    hasProgram('gunicorn') ? (versionOf(installed(), 'gunicorn') ?? '') : undefined,
  );
  const byScript = decides(scripts.script) || (decides(scripts.file) && !serving.doubtful);
  const decided = byScript || usesConfiguration(configuration, settings);
  return {
    configuration,
    ...scripts,
    procfile: appHome.exists ? readProcfile(reader, appHome.path) : undefined,
    serving: !appHome.exists || (decided && options.depth === 'launch') ? undefined : readServing(reader, serving),
  };
}

/** Whether a program is on PATH; each is looked for once. */
function programFinder(reader: Reader, path: string, assumed: Installed | undefined): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const has =
      known.get(name) ??
      (assumed === undefined
        ? findProgram(reader, name, path) !== undefined
        : versionOf(assumed, name.replace(/-express$|-serve$/, '')) !== undefined ||
          (name === 'uwsgi' && versionOf(assumed, 'pyuwsgi') !== undefined));
    known.set(name, has);
    return has;
  };
}

function readAppHome(reader: Reader, place: RunPlace, settings: Settings): RunFacts['appHome'] {
  const value = settings.text('APP_HOME')?.value;
  if (value === undefined) return { value: '.', path: place.directory, exists: true, similar: [] };
  const wanted = join(place.directory, value);
  const path = reader.resolve(wanted) ?? wanted;
  const exists = reader.stat(path)?.type === 'directory';
  return { value, path, exists, similar: exists ? [] : similarFolders(reader, path) };
}

function similarFolders(reader: Reader, path: string): readonly string[] {
  return similarNames(reader, path).filter((name) => reader.stat(join(parentOf(path), name))?.type === 'directory');
}

function readShortcut(reader: Reader, place: RunPlace, version: () => string | undefined): Configuration {
  const is = readConfiguration(reader, join(place.directory, 'gunicorn.conf.py'));
  return is === 'with-application' ? { is, gunicorn: version() } : { is };
}

/** It is started, or its absence ends the hook (B47). */
function decides(file: SoughtFile | undefined): boolean {
  return file !== undefined && (file.exists || file.source.from === 'environment');
}

function readInit(reader: Reader, settings: Settings, path: string): InitFacts {
  const isProcessOne = reader.identity.pid === 1;
  const wanted = isProcessOne || settings.on('ENABLE_INIT_WRAPPER').value || settings.text('S2I_INIT')?.value === 'on';
  return { isProcessOne, program: wanted ? findInit(reader, path) : undefined };
}

/** Where the images have the native one. */
const OWN_INIT = '/usr/libexec/s2i/init-wrapper';

function findInit(reader: Reader, path: string): InitFacts['program'] {
  if (findProgram(reader, OWN_INIT, path) !== undefined) return { name: 'init-wrapper', path: OWN_INIT };
  const tini = findProgram(reader, 'tini', `${path}:/usr/bin:/sbin`);
  return tini === undefined ? undefined : { name: 'tini', path: tini };
}

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
