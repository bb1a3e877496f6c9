import type { EnvironmentPatch } from '../execute/effect.ts';
import type { Reader } from '../execute/reader.ts';
import { isWithin, join } from '../inspect/paths.ts';
import { findProgram } from '../inspect/programs.ts';
import type { Settings } from '../inspect/settings/read.ts';

/** Where everything lies in the image. All absolute. */
export interface Places {
  /** The virtual environment. */
  readonly appRoot: string;
  /** The application's folder: $HOME when it lies below APP_ROOT (as in the images), else APP_ROOT/src. */
  readonly home: string;
  /** APP_HOME, resolved against `home`. */
  readonly appHome: string;
  /** Where S2I put the new source (A2). */
  readonly source: string;
  /** Where S2I puts scripts of the project's own (A5). */
  readonly scripts: string;
  /** Where S2I put what save-artifacts streamed (A7). May exist and be empty. */
  readonly artifacts: string;
  /** What an earlier assemble placed. */
  readonly record: string;
  /** What decided the installed environment. */
  readonly stamp: string;
  /** The interpreter that makes environments; undefined when there is none on PATH. */
  readonly python: string | undefined;
}

/** In the virtual environment, and in what save-artifacts streams. */
export const STAMP = 'etc/s2i/environment.json';

/** In what save-artifacts streams: the installed environment, as one archive. */
export const SAVED_ENVIRONMENT = 'environment.tar';

export function readPlaces(reader: Reader, settings: Settings): Places {
  const appRoot = settings.text('APP_ROOT')?.value ?? '/opt/app-root';
  const homeVariable = (reader.environment.HOME ?? '').replace(/\/+$/, '');
  const home = homeVariable !== appRoot && isWithin(homeVariable, appRoot) ? homeVariable : join(appRoot, 'src');
  const destination = settings.text('S2I_DESTINATION')?.value ?? '/tmp';
  return {
    appRoot,
    home,
    appHome: join(home, settings.text('APP_HOME')?.value ?? '.'),
    source: join(destination, 'src'),
    scripts: join(destination, 'scripts'),
    artifacts: join(destination, 'artifacts'),
    record: join(appRoot, 'etc/s2i/sources'),
    stamp: join(appRoot, STAMP),
    python: findPython(reader, appRoot),
  };
}

/** The interpreter to make environments with, never one of the environment itself. */
function findPython(reader: Reader, appRoot: string): string | undefined {
  const outside = (reader.environment.PATH ?? '/usr/local/bin:/usr/bin:/bin')
    .split(':')
    .filter((folder) => !isWithin(folder, appRoot))
    .join(':');
  const version = reader.environment.PYTHON_VERSION;
  const names =
    version !== undefined && /^3\.[0-9]+$/.test(version) ? [`python${version}`, 'python3', 'python'] : ['python3', 'python'];
  return names.map((name) => findProgram(reader, name, outside)).find((found) => found !== undefined);
}

/** What every program that assemble starts gets: the environment of an activated virtual environment (B9). */
export function activated(reader: Reader, { appRoot, home }: Places): EnvironmentPatch {
  const wanted = [join(home, '.local/bin'), join(home, 'bin'), join(appRoot, 'bin')];
  const path = (reader.environment.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  const missing = wanted.filter((folder) => !path.includes(folder));
  return { set: { VIRTUAL_ENV: appRoot, PATH: [...missing, ...path].join(':') }, unset: ['PYTHONHOME'] };
}
