import { sayNotices } from '../execute/execute.ts';
import { mismatch, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { strictFailures } from '../failures/strict.ts';
import { isWithin, join } from '../inspect/paths.ts';
import type { Secrets } from '../inspect/secrets.ts';
import type { AssembleFacts } from './facts.ts';

/** Shorter ones would be found everywhere. Characters. */
const SHORTEST = 6;

/**
 * Looks for the build's secrets in everything that goes into the image. What assemble or its tools have written must hold none;
 * what the project brought itself is named with its line.
 */
export function* proveClean(reader: Reader, facts: AssembleFacts, secrets: Secrets): Program<void> {
  const needles = formsOf(secrets.values);
  if (needles.length === 0) return;
  const { appRoot } = facts.places;
  const outcome = yield { kind: 'scan-tree', root: appRoot, needles };
  if (outcome.kind !== 'scanned') throw mismatch('scan-tree', outcome);
  // Bytecode repeats what its module says.
  const paths = outcome.hits.filter((hit) => !hit.endsWith('.pyc')).map((hit) => join(appRoot, hit));
  const placed = placedFiles(reader, facts);
  const brought = paths.filter((path) => isBrought(reader, facts, path, placed));
  const notices = brought.map((path) => noticeOf(reader, facts, path, needles));
  // What s2i injects lies below the application's folder, and is emptied after the build (A13).
  const written = paths.filter((path) => !brought.includes(path) && secrets.files?.includes(path) !== true);
  const failures: Failure[] = written.length === 0 ? [] : [{ kind: 'secret-written', files: written }];
  if (facts.settings.on('S2I_STRICT').value) failures.push(...strictFailures(notices));
  else yield* sayNotices(notices);
  if (failures.length > 0) throw new Stopped(failures);
}

/** As it is, and as it stands in an address; with its user, where that is known: a word alone may stand anywhere. */
function formsOf(values: readonly string[]): readonly string[] {
  const whole = values.filter((value) => !values.some((other) => other.endsWith(`:${value}`)));
  const long = whole.filter((value) => value.length >= SHORTEST);
  return [...new Set(long.flatMap((value) => [value, encodeURIComponent(value)]))];
}

/** Size in bytes of each file that the import placed, by its path; undefined where nothing was imported. */
function placedFiles(reader: Reader, { places }: AssembleFacts): ReadonlyMap<string, number> | undefined {
  const read = reader.readText(places.record, { maxBytes: 256 * 1024 * 1024 });
  if (!read.ok) return undefined;
  // Each entry is `type size mtime name`.
  const entries = read.text.split('\0').map((entry) => entry.split(' '));
  return new Map(entries.map(([, size = '', , ...name]) => [join(places.home, name.join(' ')), Number(size)]));
}

/** It came with the source and is as it came. A source that was copied to its place brought all that is there. */
function isBrought(
  reader: Reader,
  { places }: AssembleFacts,
  path: string,
  placed: ReadonlyMap<string, number> | undefined,
): boolean {
  if (placed === undefined) return isWithin(path, places.home);
  return placed.has(path) && placed.get(path) === reader.stat(path)?.size;
}

function noticeOf(reader: Reader, { places }: AssembleFacts, path: string, needles: readonly string[]): Notice {
  const read = reader.readText(path, { maxBytes: 16 * 1024 * 1024 });
  const lines = read.ok ? read.text.split('\n') : [];
  const line = lines.findIndex((one) => needles.some((needle) => one.includes(needle))) + 1;
  return { kind: 'secret-in-manifest', file: path.slice(places.home.length + 1), line: Math.max(line, 1) };
}
