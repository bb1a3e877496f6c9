import { readString } from './strings.ts';

/** A token of Python source, as far as reading settings needs it. Comments and line ends inside brackets are gone. */
export type Token =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }
  /** `value` is undefined for bytes, f-strings and what cannot be decoded without running it. */
  | { readonly kind: 'string'; readonly text: string; readonly value: string | undefined };

/** The tokens of one logical line, split at `;`. */
export interface LogicalLine {
  /** Columns of white space before it; a tab goes to the next multiple of 8 (as Python counts). */
  readonly indent: number;
  readonly tokens: readonly Token[];
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /[0-9][0-9A-Za-z_.]*|\.[0-9][0-9A-Za-z_]*/y;
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|==|<=|>=|->|:=|\+=|-=|\*=|\/=|%=|@=|&=|\|=|\^=|\*\*|\/\/|<<|>>|[^\s]/y;
const BLANK = /(?:[ \t\f]|\\\r?\n|#[^\r\n]*)*/y;
const STRING_START = /([A-Za-z]{0,2})("""|'''|"|')/y;

/** Splits Python source into logical lines. Never fails: what is no Python becomes tokens all the same. */
export function readLines(source: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  let indent = 0;
  let atStart = true;
  const finish = () => {
    if (tokens.length > 0) lines.push({ indent, tokens });
    tokens = [];
  };
  for (let at = 0; at < source.length; ) {
    if (atStart) indent = indentAt(source, at);
    atStart = false;
    at = after(BLANK, source, at);
    const next = source[at];
    if (next === undefined) break;
    if (next === '\n' || next === '\r') {
      at += 1;
      if (depth > 0) continue;
      finish();
      atStart = true;
      continue;
    }
    const { token, end } = readToken(source, at);
    at = end;
    if (token.kind === 'operator') depth = Math.max(0, depth + depthChange(token.text));
    if (token.kind === 'operator' && token.text === ';' && depth === 0) finish();
    else tokens.push(token);
  }
  finish();
  return lines;
}

/** How an operator changes the depth of brackets. */
export function depthChange(operator: string): -1 | 0 | 1 {
  if (operator === '(' || operator === '[' || operator === '{') return 1;
  return operator === ')' || operator === ']' || operator === '}' ? -1 : 0;
}

function readToken(source: string, at: number): { readonly token: Token; readonly end: number } {
  STRING_START.lastIndex = at;
  const start = STRING_START.exec(source);
  if (start !== null && /^(?:[rbuft]|rb|br|fr|rf|tr|rt)?$/i.test(start[1] ?? '')) {
    const { value, end } = readString(source, at + start[0].length, (start[1] ?? '').toLowerCase(), start[2] ?? '"');
    return { token: { kind: 'string', text: source.slice(at, end), value }, end };
  }
  for (const [kind, pattern] of [
    ['name', NAME],
    ['number', NUMBER],
    ['operator', OPERATOR],
  ] as const) {
    const end = after(pattern, source, at);
    if (end > at) return { token: { kind, text: source.slice(at, end) }, end };
  }
  return { token: { kind: 'operator', text: source.charAt(at) }, end: at + 1 };
}

function after(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : at;
}

function indentAt(source: string, start: number): number {
  let column = 0;
  for (let at = start; ; at += 1) {
    if (source[at] === ' ') column += 1;
    else if (source[at] === '\t') column = (Math.floor(column / 8) + 1) * 8;
    else return column;
  }
}
