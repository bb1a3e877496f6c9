import { readString } from './strings.ts';

/** A token of Python source, as far as reading settings needs it. Comments and line ends are gone. */
export type Token =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'operator'; readonly text: string }
  /** `value` is undefined for bytes, f-strings and what cannot be decoded without running it. */
  | { readonly kind: 'string'; readonly text: string; readonly value: string | undefined };

// Letters beyond ASCII are not told apart: compiling Unicode classes would take longer than everything else here.
const NAME = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const NUMBER = /[0-9][0-9A-Za-z_.]*|\.[0-9][0-9A-Za-z_]*/y;
const OPERATOR = /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|==|<=|>=|->|:=|\+=|-=|\*=|\/=|%=|@=|&=|\|=|\^=|\*\*|\/\/|<<|>>|[^\s]/y;
const BLANK = /(?:\s|\\\r?\n|#[^\r\n]*)*/y;
const STRING_START = /([A-Za-z]{0,2})("""|'''|"|')/y;

/** The tokens of a logical line. Never fails: what is no Python becomes tokens all the same. */
export function readTokens(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = after(BLANK, line, 0); at < line.length; at = after(BLANK, line, at)) {
    const { token, end } = readToken(line, at);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

/** How an operator changes the depth of brackets. */
export function depthChange(operator: string): -1 | 0 | 1 {
  if (operator === '(' || operator === '[' || operator === '{') return 1;
  return operator === ')' || operator === ']' || operator === '}' ? -1 : 0;
}

export function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}

/** Splits tokens at an operator that stands outside of all brackets. */
export function splitAt(tokens: readonly Token[], operator: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'operator') depth += depthChange(token.text);
    if (depth === 0 && isOperator(token, operator)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
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
