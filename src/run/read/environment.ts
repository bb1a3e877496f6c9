import type { EnvironmentPatch } from '../../execute/effect.ts';
import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { RunFacts, RunPlace } from '../facts.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What every command of run gets: the environment of an activated virtual environment (B9), and PYTHONPATH where the
 * incumbent means to set it (B43). It is set when APP_HOME is another folder, or when PYTHONPATH was given: otherwise the
 * folder is on Python's path anyway, and naming it again would let its modules hide the standard library's.
 */
export function readEnvironment(reader: Reader, place: RunPlace, appHome: RunFacts['appHome']): EnvironmentPatch {
  const given = reader.environment;
  const path = (given.PATH ?? '') === '' ? DEFAULT_PATH : (given.PATH ?? '');
  const programs = join(place.appRoot, 'bin');
  const pythonPath = given.PYTHONPATH ?? '';
  const set: Record<string, string> = { VIRTUAL_ENV: place.appRoot };
  if (!path.split(':').includes(programs)) set.PATH = `${programs}:${path}`;
  if (pythonPath !== '') set.PYTHONPATH = `${place.directory}:${pythonPath}`;
  else if (appHome.path !== place.directory) set.PYTHONPATH = place.directory;
  if ((given.APP_HOME ?? '') !== '') set.APP_HOME = appHome.path;
  return { set, unset: given.PYTHONHOME === undefined ? [] : ['PYTHONHOME'] };
}

/** The PATH that programs are looked up in. */
export function programPath(reader: Reader, environment: EnvironmentPatch): string {
  return environment.set.PATH ?? reader.environment.PATH ?? DEFAULT_PATH;
}
