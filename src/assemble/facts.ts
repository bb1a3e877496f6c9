import type { EnvironmentPatch } from '../execute/effect.ts';
import type { Reader } from '../execute/reader.ts';
import { canLink } from '../inspect/mounts.ts';
import { join } from '../inspect/paths.ts';
import { type ProjectFacts, readProject } from '../inspect/project.ts';
import type { Settings } from '../inspect/settings/read.ts';
import { readUserHooks, type UserHooks } from '../inspect/user-hooks.ts';
import { type Layer, viewProject } from '../inspect/view.ts';
import { type ImageTools, readImageTools } from './installers/pinned.ts';
import { readPipFiles } from './installers/pip/files.ts';
import { activated, type Places, readPlaces } from './places.ts';
import { readPython } from './python.ts';
import { readSavedStamp, readStandingStamp, type SavedStamp } from './saved/stamp.ts';

/** Everything the install plan is made from. */
export interface AssembleFacts {
  readonly settings: Settings;
  readonly places: Places;
  readonly environment: EnvironmentPatch;
  readonly project: ProjectFacts;
  readonly venv: Venv;
  /** There is something in the source folder. */
  readonly hasSource: boolean;
  /** There is a source folder that this user may not look into. */
  readonly sourceLocked: boolean;
  /** What an earlier image's save-artifacts left, if anything. */
  readonly saved: SavedStamp;
  /** What is known of the environment that stands here. */
  readonly standing: SavedStamp;
  /** The variables of installers, credentials taken out, that decide what an installer chooses. */
  readonly installerVariables: Readonly<Record<string, string>>;
  /** Names of the variables that were given. */
  readonly given: ReadonlySet<string>;
  /** Version of the environment's Python, as far as it is known. */
  readonly python: string | undefined;
  /** Packaging tools that the image brings. */
  readonly tools: ImageTools;
  /** Programs of the project that are run meanwhile. */
  readonly hooks: UserHooks;
  /** What pip's files say about indexes, by the names of its variables. May hold passwords: it stands in no plan. */
  readonly pipFiles: Readonly<Record<string, string>>;
  /** The temporary folder and the environment lie in one mount, so that files can be linked from one into the other. */
  readonly linkable: boolean;
  /** PYTHONPATH as it was given. */
  readonly pythonPath: string;
}

export type Venv =
  | { readonly state: 'present' }
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly reason: string };

/** `placed` may move what a build of its own has elsewhere. */
export function readAssembleFacts(
  reader: Reader,
  settings: Settings,
  placed: (places: Places) => Places = (places) => places,
): AssembleFacts {
  const image = readPlaces(reader, settings);
  const places = placed(image);
  const listing = reader.list(places.source);
  const hasSource = listing !== undefined && listing.names.length + listing.undecodable > 0;
  const sourceLocked = listing === undefined && reader.stat(places.source)?.type === 'directory';
  const layers = [
    { path: places.source, without: new Set<string>() },
    { path: places.home, without: hasSource ? placedBefore(reader, places) : new Set<string>() },
  ];
  const environment = activated(reader, image);
  return {
    settings,
    places,
    environment,
    project: readProject(
      viewProject(reader, layers),
      settings.text('APP_HOME')?.value ?? '.',
      viewProject(reader, brought(reader, places, hasSource)),
    ),
    venv: readVenv(reader, places.appRoot),
    hasSource,
    sourceLocked,
    saved: readSavedStamp(reader, places.artifacts),
    standing: readStandingStamp(reader, places.stamp),
    installerVariables: installerVariables(reader.environment),
    given: new Set(Object.keys(reader.environment)),
    python: readPython(reader, places.appRoot),
    tools: readImageTools(reader, settings, places.appRoot),
    hooks: readUserHooks(reader, settings, hasSource ? places.source : places.home, environment.set.PATH ?? ''),
    pipFiles: readPipFiles(reader, places.appRoot),
    linkable: canLink(reader, reader.environment.TMPDIR || '/tmp', places.appRoot),
    pythonPath: reader.environment.PYTHONPATH ?? '',
  };
}

/** Where things can have been carried along: the source, or a source that was copied to its place without an import. */
function brought(reader: Reader, { source, home, record }: Places, hasSource: boolean): readonly Layer[] {
  const none = new Set<string>();
  if (hasSource) return [{ path: source, without: none }];
  return reader.stat(record) === undefined ? [{ path: home, without: none }] : [];
}

function readVenv(reader: Reader, appRoot: string): Venv {
  if (reader.stat(join(appRoot, 'pyvenv.cfg')) === undefined) return { state: 'absent' };
  const python = reader.stat(join(appRoot, 'bin/python'));
  if (python === undefined) return { state: 'broken', reason: 'bin/python is missing' };
  if (python.type === 'dangling') return { state: 'broken', reason: 'bin/python leads to an interpreter that does not exist' };
  return { state: 'present' };
}

/** Names at the root of the application's folder that an earlier assemble placed: the import removes them. */
function placedBefore(reader: Reader, { record }: Places): ReadonlySet<string> {
  const read = reader.readText(record, { maxBytes: 256 * 1024 * 1024 });
  if (!read.ok) return new Set();
  // Each entry is `type size mtime name`.
  return new Set(read.text.split('\0').map((entry) => entry.split(' ').slice(3).join(' ')));
}

/** Variables that change nothing about what is installed, only how it is fetched or shown. */
const INDIFFERENT =
  /^PIP_(CERT|CLIENT_CERT|CACHE_DIR|NO_CACHE_DIR|DISABLE_PIP_VERSION_CHECK|TIMEOUT|DEFAULT_TIMEOUT|RETRIES|PROGRESS_BAR|QUIET|VERBOSE|LOG|NO_INPUT|NO_COLOR|ROOT_USER_ACTION|TRUSTED_HOST|PROXY)$|^PIPENV_(CACHE_DIR|TIMEOUT|INSTALL_TIMEOUT|MAX_RETRIES|NOSPIN|QUIET|VERBOSITY|YES)$|^UV_(CACHE_DIR|LINK_MODE|NO_PROGRESS|NO_CACHE|HTTP_TIMEOUT|HTTP_RETRIES|CONCURRENT_\w+|INSECURE_HOST|SYSTEM_CERTS|NATIVE_TLS|INDEX_\w+_(USERNAME|PASSWORD))$|^(POETRY|PDM)_(CACHE_DIR|NO_INTERACTION|NON_INTERACTIVE|CHECK_UPDATE|HTTP_BASIC_\w+|PYPI_TOKEN_\w+|\w*_?PASSWORD)$/;

function installerVariables(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = Object.keys(environment).filter((name) => /^(PIP|PIPENV|UV|POETRY|PDM)_/.test(name) && !INDIFFERENT.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, (environment[name] ?? '').replace(/:\/\/[^\s/@]+@/g, '://')]));
}
