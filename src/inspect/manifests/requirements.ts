import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { join, nameOf, parentOf } from '../paths.ts';
import { findSimilar } from '../similar.ts';
import type { ProjectView } from '../view.ts';
import { MAX_MANIFEST_BYTES } from './depth.ts';

/** What requirements.txt tells without being interpreted: pip alone decides what it means. */
export interface Requirements {
  readonly file: string;
  /** The file and every file it includes by -r or -c, with their text, in reading order. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** True when a line installs something of the project itself: `-e .`, `./x`, `file:`. */
  readonly local: boolean;
  /** True when hashes are given, so that every requirement needs one. */
  readonly hashes: boolean;
  /** False when a file is in an encoding that only pip reads: `files` lacks it. */
  readonly complete: boolean;
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

export interface LogicalLine {
  readonly number: number;
  readonly text: string;
}

const MAX_INCLUDES = 50;
/** pip takes quotes off, as a shell would. */
const INCLUDE = /^(-r|--requirement|-c|--constraint)[\s=]*(?:"([^"]*)"|'([^']*)'|(\S+))\s*$/;
const LOCAL = /^(?:(?:-e|--editable)[\s=]+)?["']?(?:\.{1,2}(?:[/[\s"']|$)|file:|[\w.-]+\/|\/)|@\s*file:/;
const CREDENTIALS = /:\/\/[^\s/@:]+:[^\s/@]+@/;

interface Found {
  readonly files: { file: string; text: string }[];
  readonly failures: Failure[];
  readonly notices: Notice[];
  readonly seen: Set<string>;
  local: boolean;
  hashes: boolean;
  complete: boolean;
}

/** Reads requirements.txt and what it includes. Undefined when the project has no such file. */
export function readRequirements(view: ProjectView, file = 'requirements.txt'): Requirements | undefined {
  if (view.stat(file)?.type !== 'file') return undefined;
  const found: Found = { files: [], failures: [], notices: [], seen: new Set(), local: false, hashes: false, complete: true };
  addFile(view, file, [], found);
  const { seen: _, ...requirements } = found;
  return { file, ...requirements };
}

/** `above` are the files that led here, outermost first. */
function addFile(view: ProjectView, file: string, above: readonly string[], found: Found): void {
  found.seen.add(file);
  const text = readFile(view, file, found);
  if (text === undefined) {
    found.complete = false;
    return;
  }
  found.files.push({ file, text });
  for (const line of logicalLines(text)) {
    if (CREDENTIALS.test(line.text)) found.notices.push({ kind: 'secret-in-manifest', file, line: line.number });
    if (isLocalRequirement(line.text)) found.local = true;
    if (/\s--hash[=\s]/.test(line.text)) found.hashes = true;
    const included = includedFile(view, file, line, found.failures);
    if (included === undefined) continue;
    const chain = [...above, file];
    // pip reads such files until it runs out of stack.
    if (chain.includes(included))
      found.failures.push({ kind: 'requirement-file-circular', file, line: line.number, target: included });
    else if (!found.seen.has(included) && found.seen.size < MAX_INCLUDES) addFile(view, included, chain, found);
  }
}

function includedFile(view: ProjectView, from: string, line: LogicalLine, failures: Failure[]): string | undefined {
  const match = INCLUDE.exec(line.text);
  const target = match?.[2] ?? match?.[3] ?? match?.[4];
  if (match?.[1] === undefined || target === undefined || /^[a-z]+:\/\/|\$\{/i.test(target)) return undefined;
  const path = includedPath(from, target);
  if (path.startsWith('/') || path.startsWith('..')) return undefined;
  if (view.stat(path) !== undefined) return path;
  const similar = similarNames(view, path).filter((name) => name !== from);
  failures.push({ kind: 'requirement-file-missing', file: from, line: line.number, option: match[1], target, similar });
  return undefined;
}

/** True when a line of a requirements file installs something of the project itself: `-e .`, `./x`, `file:`. */
export function isLocalRequirement(line: string): boolean {
  return LOCAL.test(line);
}

/** What `-r` or `-c` in a file of the project means; a path that leaves the project begins with `..`. */
export function includedPath(from: string, target: string): string {
  return tidy(join(parentOf(from), target));
}

/** Files of the same folder that could have been meant. */
function similarNames(view: ProjectView, path: string): readonly string[] {
  const folder = parentOf(path);
  return findSimilar(view.list(folder), nameOf(path)).map((name) => join(folder, name));
}

/** Resolves `..` segments inside the project; a path that leaves it keeps its leading `..`. */
function tidy(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}

function readFile(view: ProjectView, file: string, into: Pick<Found, 'failures' | 'notices'>): string | undefined {
  const read = view.readText(file, MAX_MANIFEST_BYTES);
  if (read.ok) {
    if (read.bom) into.notices.push({ kind: 'manifest-bom', file });
    if (read.text.includes('\0')) into.notices.push({ kind: 'manifest-encoding', file, encoding: 'NUL bytes' });
    return read.text;
  }
  // pip decodes UTF-16 with a byte order mark itself, and other encodings by a coding comment or the locale (PEP 263): the
  // build goes on with a helpful line.
  if (read.problem.what === 'utf-16') into.notices.push({ kind: 'manifest-encoding', file, encoding: 'UTF-16' });
  else if (read.problem.what === 'not-utf8') into.notices.push({ kind: 'manifest-encoding', file, encoding: 'unknown' });
  else into.failures.push({ kind: 'manifest-unreadable', file, problem: read.problem });
  return undefined;
}

/** Lines without comments, continuations joined; numbers are those of the first physical line. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let pending = '';
  let start = 1;
  text.split(/\r\n|\r|\n/).forEach((physical, index) => {
    if (pending === '') start = index + 1;
    if (physical.endsWith('\\')) {
      pending += `${physical.slice(0, -1)} `;
      return;
    }
    const whole = (pending + physical).replace(/(^|\s)#.*$/, '').trim();
    pending = '';
    if (whole !== '') lines.push({ number: start, text: whole });
  });
  return lines;
}
