import type { Reader } from '../../execute/reader.ts';
import { type Installed, normaliseName } from '../../inspect/installed.ts';
import { join, nameOf, parentOf } from '../../inspect/paths.ts';

/** True when a distribution was installed from the source itself (PEP 610: `direct_url.json` with a file: address). */
export function isLocal(reader: Reader, installed: Installed, name: string): boolean {
  const folder = installed.metadata.get(normaliseName(name));
  if (folder === undefined) return false;
  const read = reader.readText(join(folder, 'direct_url.json'));
  return read.ok && /"url"\s*:\s*"file:/.test(read.text);
}

/** True when a distribution was asked for itself, not only required by another one (PEP 376: REQUESTED). */
export function isRequested(reader: Reader, installed: Installed, name: string): boolean {
  const folder = installed.metadata.get(normaliseName(name));
  return folder !== undefined && reader.stat(join(folder, 'REQUESTED')) !== undefined;
}

/** Every file of a distribution as its RECORD lists them, and their bytecode: patterns relative to `root`. */
export function recordedFiles(reader: Reader, installed: Installed, name: string, root: string): readonly string[] {
  const folder = installed.metadata.get(normaliseName(name));
  const read = folder === undefined ? undefined : reader.readText(join(folder, 'RECORD'), { maxBytes: 64 * 1024 * 1024 });
  if (folder === undefined || read === undefined || !read.ok) return [];
  const base = parentOf(folder);
  const files = read.text.split('\n').map((line) => recordPath(line));
  return files
    .filter((file) => file !== '')
    .map((file) => relativeTo(root, join(base, file)))
    .flatMap(withBytecode);
}

/** No record names the bytecode that is made after the install. */
function withBytecode(file: string): readonly string[] {
  if (!file.endsWith('.py')) return [file];
  return [file, join(parentOf(file), '__pycache__', `${nameOf(file).slice(0, -'.py'.length)}.*.pyc`)];
}

/** The first field of a RECORD line (CSV; a name with a comma is quoted). */
function recordPath(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line);
  return quoted?.[1]?.replaceAll('""', '"') ?? line.slice(0, Math.max(line.indexOf(','), 0));
}

function relativeTo(root: string, path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else kept.push(segment);
  }
  const whole = kept.join('/');
  return whole.startsWith(`${root}/`) ? whole.slice(root.length + 1) : whole;
}
