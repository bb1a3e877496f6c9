import { endOfString } from './strings.ts';

/** A logical line of Python source: it may span several, when brackets or strings are open or a backslash ends them. */
export interface LogicalLine {
  /** Columns of white space before it; a tab goes to the next multiple of 8 (as Python counts). */
  readonly indent: number;
  /** From its first character that is no white space, with the comments in it. */
  readonly text: string;
}

/** Characters without a meaning for where a line ends. */
const PLAIN = /[^"'#\\\r\n()[\]{}]*/y;

/**
 * Splits Python source into logical lines, without looking at what is in them: that is left for the few lines that matter,
 * because every start of the container waits for it. Never fails.
 */
export function readLines(source: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let start = 0;
  let depth = 0;
  const finish = (end: number) => {
    const text = source.slice(start, end).trimStart();
    if (text !== '' && !text.startsWith('#')) lines.push({ indent: indentAt(source, start), text });
  };
  for (let at = 0; ; ) {
    PLAIN.lastIndex = at;
    PLAIN.test(source);
    at = PLAIN.lastIndex;
    const next = source[at];
    if (next === undefined) break;
    if (next === '"' || next === "'") at = endOfString(source, at);
    else if (next === '#') at = endOfPhysicalLine(source, at);
    else if (next === '\\') at += source.startsWith('\r\n', at + 1) ? 3 : 2;
    else if (next === '\n' || next === '\r') {
      at += 1;
      if (depth > 0) continue;
      finish(at - 1);
      start = at;
    } else {
      depth = Math.max(0, depth + (next === '(' || next === '[' || next === '{' ? 1 : -1));
      at += 1;
    }
  }
  finish(source.length);
  return lines;
}

function endOfPhysicalLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}

function indentAt(source: string, start: number): number {
  let column = 0;
  for (let at = start; ; at += 1) {
    if (source[at] === ' ') column += 1;
    else if (source[at] === '\t') column = (Math.floor(column / 8) + 1) * 8;
    else return column;
  }
}
