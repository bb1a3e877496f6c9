import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import type { SettingName } from '../../inspect/settings/table.ts';
import type { DecidingFacts } from '../facts.ts';
import type { Launch, Rejected } from '../launch.ts';
import { type Lookup, look } from './watch.ts';

/** In APP_ROOT: how assemble decided to start the application. */
export const STORED = 'etc/s2i/launch.json';

export const STORED_FORMAT = 1;

/** The decision for people, what it rests on, and the facts that it was made from: run decides from these once more. */
export interface StoredLaunch {
  readonly format: typeof STORED_FORMAT;
  readonly decided: Pick<Launch, 'server' | 'application' | 'argv' | 'why'>;
  readonly rejected: readonly Rejected[];
  readonly restsOn: { readonly settings: Readonly<Record<string, string>>; readonly lookups: readonly Lookup[] };
  readonly facts: DecidingFacts;
}

export type StoredRead =
  | { readonly use: 'no-file' }
  | { readonly use: 'no'; readonly reason: string }
  | { readonly use: 'yes'; readonly facts: DecidingFacts };

/** Settings that decide what is started; the others only say how. */
const DECIDING: readonly SettingName[] = [
  'APP_HOME',
  'APP_SCRIPT',
  'APP_FILE',
  'APP_MODULE',
  'APP_CONFIG',
  'APP_SERVER',
  'APP_PROCESS',
  'GUNICORN_CMD_ARGS',
];
const VARIABLES = ['PATH', 'PYTHONPATH', 'HOME', 'DJANGO_SETTINGS_MODULE'];

/** Digests of what the environment says about the start, by name; a value that is not set has none. */
export function digestsOf(reader: Reader, settings: Settings): Readonly<Record<string, string>> {
  const values = [
    ...DECIDING.map((name) => [name, settings.text(name)?.value] as const),
    ...VARIABLES.map((name) => [name, reader.environment[name]] as const),
  ];
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, reader.sha256(value)]])),
  );
}

export function renderStored(stored: StoredLaunch): string {
  return `${JSON.stringify(stored)}\n`;
}

/** Reads what assemble decided, and whether everything it rests on is as it was. */
export function readStored(reader: Reader, appRoot: string, settings: Settings): StoredRead {
  const path = join(appRoot, STORED);
  if (reader.stat(path) === undefined) return { use: 'no-file' };
  const read = reader.readText(path);
  const stored = read.ok ? parseStored(read.text) : undefined;
  if (stored === undefined) return { use: 'no', reason: `${path} is not as this version writes it` };
  const reason = changedSetting(stored, digestsOf(reader, settings)) ?? changedFile(reader, stored.restsOn.lookups);
  return reason === undefined ? { use: 'yes', facts: stored.facts } : { use: 'no', reason };
}

function parseStored(text: string): StoredLaunch | undefined {
  try {
    // assemble wrote it; the format says whether it was one that knew the same facts.
    const stored = JSON.parse(text) as StoredLaunch | null;
    return stored?.format === STORED_FORMAT && Array.isArray(stored.restsOn?.lookups) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function changedSetting(
  { restsOn: { settings: before } }: StoredLaunch,
  now: Readonly<Record<string, string>>,
): string | undefined {
  for (const name of [...DECIDING, ...VARIABLES]) {
    if (before[name] === now[name]) continue;
    if (before[name] === undefined) return `${name} is set now`;
    return now[name] === undefined ? `${name} is no longer set` : `${name} has another value`;
  }
  return undefined;
}

function changedFile(reader: Reader, lookups: readonly Lookup[]): string | undefined {
  const changed = lookups.find(([ask, path, seen]) => look(reader, ask, path) !== seen);
  return changed === undefined ? undefined : `${changed[1]} has changed`;
}
