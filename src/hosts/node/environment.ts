import { readFileSync } from 'node:fs';
import type { EnvironmentPatch } from '../../execute/effect.ts';
import { type Bytes, fromBytes, toBytes } from '../common/bytes.ts';
import { parseEntries, patchEnvironment, type RawEnvironment, textEnvironment } from '../common/environment.ts';

/**
 * Reads the environment as it was given, from the kernel: `process.env` replaces what is no UTF-8. What the hooks' entry
 * script put aside is put back: NODE_OPTIONS belongs to the application, and the limit of open files is no setting.
 */
export function readRawEnvironment(file = '/proc/self/environ'): RawEnvironment {
  const raw = parseEntries(entries(file));
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

/** `text` can be handed to Node as it is; `bytes` are the entries that cannot, because Node only passes text on. */
export interface ChildEnvironment {
  readonly text: Record<string, string>;
  readonly bytes: readonly (readonly [Bytes, Bytes])[];
  /** PATH as the program will see it. */
  readonly path: Bytes | undefined;
}

/** The environment of a program, in the two parts that Node can and cannot pass on. */
export function childEnvironment(raw: RawEnvironment, patch: EnvironmentPatch, directory: string): ChildEnvironment {
  const all = patchEnvironment(raw, patch, directory);
  const bytes = [...all].filter(([name, value]) => fromBytes(name) === undefined || fromBytes(value) === undefined);
  return { text: textEnvironment(all), bytes, path: all.get('PATH') };
}

function entries(file: string): Bytes[] {
  try {
    return readFileSync(file).toString('latin1').split('\0');
  } catch {
    // A process that may not look at itself (no /proc) has what Node decoded.
    return Object.entries(process.env).map(([name, value]) => toBytes(`${name}=${value ?? ''}`));
  }
}
