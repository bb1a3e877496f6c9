import type { EnvironmentPatch } from '../../execute/effect.ts';
import { type Bytes, fromBytes, toBytes } from './bytes.ts';

/** The environment this process was given, entry by entry, as bytes; the first of two equal names wins, as in C. */
export type RawEnvironment = ReadonlyMap<Bytes, Bytes>;

/** Takes entries (`NAME=value`) apart; what is none is left out. */
export function parseEntries(entries: readonly Bytes[]): Map<Bytes, Bytes> {
  const raw = new Map<Bytes, Bytes>();
  for (const entry of entries) {
    const equals = entry.indexOf('=', 1);
    if (equals > 0 && !raw.has(entry.slice(0, equals))) raw.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  return raw;
}

/** How a host decodes UTF-8: undefined for what is none. */
export type Decode = (bytes: Bytes) => string | undefined;

/** The entries that are text. */
export function textEnvironment(raw: RawEnvironment, decode: Decode = fromBytes): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of raw) {
    const text = decode(value);
    const key = decode(name);
    if (key !== undefined && text !== undefined) found[key] = text;
  }
  return found;
}

/** Names of the entries whose value is no text. */
export function undecodableNames(raw: RawEnvironment, decode: Decode = fromBytes): readonly string[] {
  return [...raw].flatMap(([name, value]) => (decode(value) === undefined ? (decode(name) ?? []) : []));
}

/** The environment of a program: the given one with the patch applied, and PWD and OLDPWD as after a shell's `cd`. */
export function patchEnvironment(raw: RawEnvironment, patch: EnvironmentPatch, directory: string): RawEnvironment {
  const all = new Map(raw);
  moveTo(all, toBytes(directory));
  for (const name of patch.unset) all.delete(toBytes(name));
  for (const [name, value] of Object.entries(patch.set)) all.set(toBytes(name), toBytes(value));
  return all;
}

function moveTo(all: Map<Bytes, Bytes>, directory: Bytes): void {
  const before = all.get('PWD');
  if (before === undefined || before === directory) return;
  all.set('OLDPWD', before);
  all.set('PWD', directory);
}
