import type { Notice } from '../failures/notice.ts';
import { MAX_MANIFEST_BYTES } from './manifests/depth.ts';
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
  const notices =
    read.problem.what === 'absent' ? [] : [warning(`${FILE} cannot be read as UTF-8 text; s2i takes it byte by byte.`)];
  return { variables: {}, notices };
}

export function parseS2iEnvironment(text: string): S2iEnvironment {
  const variables = new Map<string, string>();
  const notices: Notice[] = [];
  text.split('\n').forEach((line, index) => {
    const tell = (fact: string, write: string) => notices.push(warning(`${FILE}, line ${index + 1}: ${fact} Write: ${write}`));
    if (line.startsWith('#') || line.trim() === '') return;
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(equals, 0)).trim();
    const value = line.slice(equals + 1).trim();
    if (equals < 0 || name === '') {
      tell('a line without NAME= is skipped by s2i.', equals < 0 ? `${line.trim()}=1` : 'NAME=VALUE');
      return;
    }
    if (variables.has(name)) tell(`${name} was set before; the last line wins.`, 'each name once');
    variables.set(name, value);
    const odd = oddName(name) ?? oddValue(name, value);
    if (odd !== undefined) tell(odd, suggestion(name, value));
  });
  return { variables: Object.fromEntries(variables), notices };
}

function oddName(name: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  if (name.startsWith('export '))
    return `s2i reads no shell: the variable is called "${name}", and builds from a Dockerfile fail.`;
  if (name.startsWith('#') || name.startsWith('//'))
    return `only a # in the first column begins a comment: a variable called "${name}" is set.`;
  if (name.startsWith('\uFEFF')) return 'the file begins with a byte order mark, which becomes part of the first name.';
  return `"${name}" is no name that a shell can read.`;
}

function oddValue(name: string, value: string): string | undefined {
  if (/^(["']).*\1$/.test(value)) return `the quotes become part of the value of ${name}.`;
  if (/\$\{?[A-Za-z_]/.test(value)) return `${name} gets a literal dollar sign: nothing is expanded.`;
  if (/\s[A-Za-z_][A-Za-z0-9_]*=/.test(value))
    return `everything after the first = is the value of ${name}, other assignments too.`;
  if (/\s#/.test(value)) return `the comment becomes part of the value of ${name}.`;
  return undefined;
}

function suggestion(name: string, value: string): string {
  const plain = value.replace(/^(["'])(.*)\1$/, '$2').replace(/\s#.*$/, '');
  const bare = name.replace(/^export\s+/, '').replace(/^\uFEFF/, '');
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(bare)
    ? `${bare}=${isSecretName(bare) ? '…' : plain}`
    : '# comments in the first column, NAME=VALUE otherwise';
}

/** Values that may be secret are not repeated in the log. */
function isSecretName(name: string): boolean {
  return /pass|secret|token|key|credential/i.test(name);
}

function warning(text: string): Notice {
  return { kind: 'text', level: 'warning', text };
}
