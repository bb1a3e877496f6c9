import { readFileSync } from 'node:fs';
import type { EnvironmentPatch } from '../../execute/effect.ts';
import { type Bytes, fromBytes, toBytes } from './bytes.ts';

/** The environment this process was given, entry by entry, as bytes; the first of two equal names wins, as in C. */
export type RawEnvironment = ReadonlyMap<Bytes, Bytes>;

/**
 * Reads the environment as it was given, from the kernel: `process.env` replaces what is no UTF-8. What the hooks' entry
 * script put aside is put back: NODE_OPTIONS belongs to the application, and the limit of open files is no setting.
 */
export function readRawEnvironment(file = '/proc/self/environ'): RawEnvironment {
  const raw = new Map<Bytes, Bytes>();
  for (const entry of entries(file)) {
    const equals = entry.indexOf('=', 1);
    if (equals > 0 && !raw.has(entry.slice(0, equals))) raw.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  const kept = raw.get('S2I_KEPT_NODE_OPTIONS');
  if (kept !== undefined) raw.set('NODE_OPTIONS', kept);
  raw.delete('S2I_KEPT_NODE_OPTIONS');
  raw.delete('S2I_KEPT_OPEN_FILES');
  return raw;
}

/** The soft limit of open files before Node raised it, as the entry script wrote it down. */
export function keptOpenFiles(): string | undefined {
  return process.env.S2I_KEPT_OPEN_FILES;
}

/** The entries that are text. */
export function textEnvironment(raw: RawEnvironment): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of raw) {
    const text = fromBytes(value);
    const key = fromBytes(name);
    if (key !== undefined && text !== undefined) found[key] = text;
  }
  return found;
}

/** Names of the entries whose value is no text. */
export function undecodableNames(raw: RawEnvironment): readonly string[] {
  return [...raw].flatMap(([name, value]) => (fromBytes(value) === undefined ? (fromBytes(name) ?? []) : []));
}

/**
 * The environment of a program: the given one with the patch applied, and PWD and OLDPWD as after a shell's `cd`.
 * `text` can be handed to Node as it is; `bytes` are the entries that cannot, because Node only passes text on.
 */
export function childEnvironment(raw: RawEnvironment, patch: EnvironmentPatch, directory: string): ChildEnvironment {
  const all = new Map(raw);
  moveTo(all, toBytes(directory));
  for (const name of patch.unset) all.delete(toBytes(name));
  for (const [name, value] of Object.entries(patch.set)) all.set(toBytes(name), toBytes(value));
  const text = textEnvironment(all);
  const bytes = [...all].filter(([name, value]) => fromBytes(name) === undefined || fromBytes(value) === undefined);
  return { text, bytes };
}

function moveTo(all: Map<Bytes, Bytes>, directory: Bytes): void {
  const before = all.get('PWD');
  if (before === undefined || before === directory) return;
  all.set('OLDPWD', before);
  all.set('PWD', directory);
}

export interface ChildEnvironment {
  readonly text: Record<string, string>;
  readonly bytes: readonly (readonly [Bytes, Bytes])[];
}

function entries(file: string): Bytes[] {
  try {
    return readFileSync(file).toString('latin1').split('\0');
  } catch {
    // A process that may not look at itself (no /proc) has what Node decoded.
    return Object.entries(process.env).map(([name, value]) => toBytes(`${name}=${value ?? ''}`));
  }
}

/** PATH as the program will see it. */
export function pathIn(environment: ChildEnvironment): Bytes | undefined {
  const text = environment.text.PATH;
  if (text !== undefined) return toBytes(text);
  return environment.bytes.find(([name]) => name === 'PATH')?.[1];
}
