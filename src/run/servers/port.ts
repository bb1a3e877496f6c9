import type { EnvironmentPatch } from '../../execute/effect.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import type { RunFacts } from '../facts.ts';

/** B52. */
const DEFAULT_PORT = 8080;

export function portOf(settings: Settings): number {
  return settings.integer('PORT')?.value ?? DEFAULT_PORT;
}

/**
 * PORT in the environment: a server whose configuration names no address listens on it (B57 bettered). A value that is no
 * port is left as it is, for the server that may not need it.
 */
export function listeningOn({ settings, settingFailures }: RunFacts): EnvironmentPatch {
  const wrong = settingFailures.some((failure) => failure.kind === 'setting-value' && failure.setting === 'PORT');
  return { set: wrong ? {} : { PORT: String(portOf(settings)) }, unset: [] };
}
