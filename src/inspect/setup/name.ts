import type { Reader } from '../../execute/reader.ts';
import { type Fact, fromFile } from '../fact.ts';
import { join } from '../paths.ts';
import { lastValue, parseValue, readBindings } from '../python/bindings.ts';
import { readLines } from '../python/lines.ts';
import { readStatements } from '../python/statements.ts';
import { depthChange, isOperator, readTokens, splitAt, type Token } from '../python/tokens.ts';

/** The name of the project that a setup.py describes, as far as it can be read without running it. */
export type SetupName =
  | { readonly is: 'text'; readonly name: Fact<string> }
  /** Only setup.py itself can tell. */
  | { readonly is: 'unknown' };

/** Reads the name from setup.py's `name=` keyword, or where it has none from setup.cfg or pyproject.toml beside it. */
export function readSetupName(reader: Reader, folder: string): SetupName {
  const read = reader.readText(join(folder, 'setup.py'));
  const written = read.ok ? parseSetupName(read.text) : 'unknown';
  if (written === 'unknown') return { is: 'unknown' };
  if (written !== 'none') return { is: 'text', name: { value: written.text, source: fromFile('setup.py', 'name') } };
  for (const [file, section] of [
    ['setup.cfg', 'metadata'],
    ['pyproject.toml', 'project'],
  ] as const) {
    const beside = reader.readText(join(folder, file));
    const value = beside.ok ? parseKey(beside.text, section, 'name') : undefined;
    if (value !== undefined) return { is: 'text', name: { value, source: fromFile(file, `name in [${section}]`) } };
  }
  return { is: 'unknown' };
}

/** The `name` that setup.py gives to `setup()`: `none` when it gives none, `unknown` when only running it tells. */
export function parseSetupName(source: string): { readonly text: string } | 'none' | 'unknown' {
  const tokens = readLines(source).flatMap(({ text }) => (text.includes('setup') ? readTokens(text) : []));
  const calls = tokens.flatMap((token, at) =>
    token.text === 'setup' && isOperator(tokens[at + 1], '(') && tokens[at - 1]?.text !== 'def'
      ? [argumentsAt(tokens, at + 2)]
      : [],
  );
  const [call] = calls;
  if (call === undefined || calls.length !== 1) return 'unknown';
  const given = call.find(([first, second]) => first?.kind === 'name' && first.text === 'name' && isOperator(second, '='));
  if (given === undefined) return call.some(([first]) => isOperator(first, '**')) ? 'unknown' : 'none';
  const value = given.slice(2);
  const [only] = value;
  const read =
    value.length === 1 && only?.kind === 'name' && only.text !== 'None'
      ? lastValue(readBindings(readStatements(source, [only.text])), only.text)
      : parseValue(value);
  return read?.is === 'text' ? { text: read.text } : 'unknown';
}

function argumentsAt(tokens: readonly Token[], from: number): readonly (readonly Token[])[] {
  let depth = 1;
  const length = tokens.slice(from).findIndex((token) => {
    if (token.kind === 'operator') depth += depthChange(token.text);
    return depth === 0;
  });
  return splitAt(length < 0 ? tokens.slice(from) : tokens.slice(from, from + length), ',');
}

/**
 * A key of a section, in a file that is INI or TOML: `run` must not spend a parser on one name, and what it looks for
 * is one line in both formats.
 */
export function parseKey(text: string, section: string, key: string): string | undefined {
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]*)\]/.exec(line);
    if (head !== null) inside = head[1]?.trim() === section;
    const match = inside ? /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line) : null;
    if (match?.[1] !== key) continue;
    const value = (match[2] ?? '').trim();
    const quoted = /^(["'])(.*?)\1/.exec(value);
    return (quoted?.[2] ?? value.replace(/\s[#;].*$/, '')).trim() || undefined;
  }
  return undefined;
}
