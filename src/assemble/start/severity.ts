import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { AssembleFacts } from '../facts.ts';

/** What a start that cannot work does to the build. `why` says what decided. */
export interface Severity {
  readonly level: 'error' | 'warn' | 'off';
  readonly why: string;
}

/**
 * An error where it is known that our `run` will start the image: in a build of OpenShift, or of s2i, which leaves a folder for
 * scripts. Elsewhere a Dockerfile may start something else. A `run` of the project's own does, too.
 */
export function severityOf(reader: Reader, { settings, places }: AssembleFacts): Severity {
  const given = settings.text('S2I_START_CHECK')?.value;
  if (given === 'error' || given === 'warn' || given === 'off') return { level: given, why: `S2I_START_CHECK=${given}` };
  if (settings.on('S2I_STRICT').value) return { level: 'error', why: 'S2I_STRICT is set' };
  const own = [join(places.scripts, 'run'), join(places.home, '.s2i/bin/run')].find((path) => reader.stat(path) !== undefined);
  if (own !== undefined) return { level: 'warn', why: `${own} starts the image` };
  if (Object.keys(reader.environment).some((name) => name.startsWith('OPENSHIFT_BUILD_'))) {
    return { level: 'error', why: 'OpenShift builds it, and starts it with run' };
  }
  const isUpload = reader.stat(places.scripts)?.type === 'directory';
  return isUpload
    ? { level: 'error', why: 's2i builds it, and starts it with run' }
    : { level: 'warn', why: 'something else may start the image' };
}
