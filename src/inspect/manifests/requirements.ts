import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { join, parentOf } from '../paths.ts';
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
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

const MAX_INCLUDES = 50;
const INCLUDE = /^(-r|--requirement|-c|--constraint)[\s=]*(\S+)\s*$/;
const LOCAL = /^(?:(?:-e|--editable)[\s=]+)?["']?(?:\.{1,2}(?:[/[\s"']|$)|file:|[\w.-]+\/|\/)|@\s*file:/;
const CREDENTIALS = /:\/\/[^\s/@:]+:[^\s/@]+@/;

/** Reads requirements.txt and what it includes. Undefined when the project has none. */
export function readRequirements(view: ProjectView, file = 'requirements.txt'): Requirements | undefined {
  if (view.stat(file) === undefined) return undefined;
  const found = { files: [] as { file: string; text: string }[], failures: [] as Failure[], notices: [] as Notice[] };
  const state = { local: false, hashes: false };
  const queue = [file];
  for (let next = 0; next < queue.length && next < MAX_INCLUDES; next++) {
    const name = queue[next] ?? file;
    const text = readFile(view, name, found);
    if (text === undefined) continue;
    found.files.push({ file: name, text });
    for (const line of logicalLines(text)) {
      if (CREDENTIALS.test(line.text)) found.notices.push({ kind: 'secret-in-manifest', file: name, line: line.number });
      if (LOCAL.test(line.text)) state.local = true;
      if (/\s--hash[=\s]/.test(line.text)) state.hashes = true;
      const included = includedFile(view, name, line, found.failures);
      if (included !== undefined && !queue.includes(included)) queue.push(included);
    }
  }
  return { file, ...found, ...state };
}

function includedFile(view: ProjectView, from: string, line: Line, failures: Failure[]): string | undefined {
  const match = INCLUDE.exec(line.text);
  const target = match?.[2];
  if (match?.[1] === undefined || target === undefined || /^[a-z]+:\/\/|\$\{/i.test(target)) return undefined;
  const path = tidy(join(parentOf(from), target));
  if (path.startsWith('/') || path.startsWith('..')) return undefined;
  if (view.stat(path) !== undefined) return path;
  failures.push({ kind: 'requirement-file-missing', file: from, line: line.number, option: match[1], target });
  return undefined;
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

function readFile(view: ProjectView, file: string, into: { failures: Failure[]; notices: Notice[] }): string | undefined {
  const read = view.readText(file, MAX_MANIFEST_BYTES);
  if (read.ok) {
    if (read.bom) into.notices.push({ kind: 'manifest-bom', file });
    return read.text;
  }
  // pip decodes UTF-16 with a byte order mark itself, so the build goes on with a helpful line.
  if (read.problem.what === 'utf-16') {
    into.notices.push({
      kind: 'text',
      level: 'warning',
      text: `${file} is written in UTF-16. pip reads it, other tools do not: iconv -f UTF-16 -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}`,
    });
  } else into.failures.push({ kind: 'manifest-unreadable', file, problem: read.problem });
  return undefined;
}

/** Lines without comments, continuations joined; numbers are those of the first physical line. */
export function logicalLines(text: string): readonly Line[] {
  const lines: Line[] = [];
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
