import type { ReadProblem } from '../execute/reader.ts';
import type { Notice } from '../failures/notice.ts';
import { MAX_MANIFEST_BYTES } from './manifests/depth.ts';
import { SETTINGS } from './settings/table.ts';
import type { ProjectView } from './view.ts';

const FILE = '.s2i/environment';

export interface S2iEnvironment {
  /** What s2i makes of the file, the last of equal names winning. */
  readonly variables: Readonly<Record<string, string>>;
  readonly notices: readonly Notice[];
}

/** Reads `.s2i/environment` as s2i does (A14) and says where that is not what its author can have meant. */
export function readS2iEnvironment(view: ProjectView): S2iEnvironment {
  const read = view.readText(FILE, MAX_MANIFEST_BYTES);
  if (read.ok) return parseS2iEnvironment(read.bom ? `\uFEFF${read.text}` : read.text);
  return { variables: {}, notices: unreadable(read.problem.what) };
}

function unreadable(what: ReadProblem['what']): readonly Notice[] {
  switch (what) {
    case 'absent':
      return [];
    case 'not-utf8':
      return [warning(`${FILE} is no UTF-8: s2i passes its bytes on as they are, and we leave the file unread.`)];
    case 'utf-16':
      return [
        warning(`${FILE} is written in UTF-16: s2i reads names that nobody means. Save it as UTF-8 without byte order mark.`),
      ];
    default:
      return [warning(`${FILE} is no file that can be read, so no variable comes from it.`)];
  }
}

export function parseS2iEnvironment(text: string): S2iEnvironment {
  const variables = new Map<string, string>();
  const notices: Notice[] = [];
  text.split('\n').forEach((line, index) => {
    const tell = ({ fact, write }: Oddity) => notices.push(warning(`${FILE}, line ${index + 1}: ${fact} Write: ${write}`));
    if (line.startsWith('#') || trimSpace(line) === '') return;
    const equals = line.indexOf('=');
    const name = trimSpace(line.slice(0, Math.max(equals, 0)));
    const value = trimSpace(line.slice(equals + 1));
    if (equals < 0 || name === '') {
      tell({ fact: 'a line without NAME= is skipped by s2i.', write: withEquals(trimSpace(line)) });
      return;
    }
    if (variables.has(name)) tell({ fact: `${name} was set before; the last line wins.`, write: 'each name once' });
    variables.set(name, value);
    const odd = oddName(name, value) ?? oddValue(name, value);
    if (odd !== undefined) tell(odd);
  });
  return { variables: Object.fromEntries(variables), notices };
}

interface Oddity {
  readonly fact: string;
  /** What its author probably means. */
  readonly write: string;
}

/** As Go's TrimSpace, which leaves a byte order mark where it is. */
function trimSpace(text: string): string {
  return text.replace(/^[^\S\uFEFF]+|[^\S\uFEFF]+$/g, '');
}

function withEquals(line: string): string {
  const [, name, value] = /^([A-Za-z_]\w*)[\s:]+(.+)$/.exec(line) ?? [];
  return name === undefined ? 'NAME=VALUE' : `${name}=${shown(name, value ?? '')}`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function oddName(name: string, value: string): Oddity | undefined {
  if (NAME.test(name)) return undefined;
  const write = (better: string) => `${better}=${shown(better, unquoted(value))}`;
  if (/^export\s/.test(name))
    return {
      fact: `s2i reads no shell: the variable is called "${name}", and builds from a Dockerfile fail.`,
      write: write(name.replace(/^export\s+/, '')),
    };
  if (name.startsWith('#') || name.startsWith('//'))
    return {
      fact: `only a # in the first column begins a comment: a variable called "${name}" is set.`,
      write: `# ${name.replace(/^[#/\s]+/, '')}=${shown(name, value)}`,
    };
  if (name.startsWith('\uFEFF'))
    return {
      fact: 'the file begins with a byte order mark, which becomes part of the first name.',
      write: `${write(name.slice(1))}, in a file saved without the mark`,
    };
  return { fact: `"${name}" is no name that a shell can read.`, write: write(name.replace(/\W/g, '_').replace(/^(?=\d)/, '_')) };
}

/** The hooks take quotes off these themselves (B116). */
const UNQUOTED = new Set<string>(SETTINGS.flatMap(({ name, is }) => (is.type === 'unquoted-text' ? [name] : [])));

function oddValue(name: string, value: string): Oddity | undefined {
  const write = (better: string) => `${name}=${shown(name, better)}`;
  if (/^(["']).*\1$/.test(value))
    return UNQUOTED.has(name)
      ? undefined
      : { fact: `the quotes become part of the value of ${name}.`, write: write(unquoted(value)) };
  // A password may well hold a dollar sign.
  if (/\$\{?[A-Za-z_]/.test(value) && !isSecretName(name))
    return {
      fact: `${name} gets a literal dollar sign: nothing is expanded.`,
      write: /^[^$]*\$(HOME\b|\{HOME\})[^$]*$/.test(value)
        ? write(value.replace(/\$(HOME\b|\{HOME\})/, '/opt/app-root/src'))
        : `${name}= and the value itself`,
    };
  const second = /\s+([A-Za-z_][A-Za-z0-9_]*)=/.exec(value);
  if (second !== null)
    return {
      fact: `everything after the first = is the value of ${name}, other assignments too.`,
      write: `${write(value.slice(0, second.index))}, and ${second[1]}= on a line of its own`,
    };
  if (/\s#/.test(value))
    return { fact: `the comment becomes part of the value of ${name}.`, write: write(trimSpace(value.replace(/\s#.*$/, ''))) };
  return undefined;
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}

/** Values that may be secret are not repeated in the log. */
function shown(name: string, value: string): string {
  return isSecretName(name) || /:\/\/[^/\s]*@/.test(value) ? '…' : value;
}

function isSecretName(name: string): boolean {
  return /pass|secret|token|key|credential/i.test(name);
}

function warning(text: string): Notice {
  return { kind: 'text', level: 'warning', text };
}
