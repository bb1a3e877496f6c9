/** A label, and what stands behind it: its lines are wrapped and stay in their column. */
export type Row = readonly [label: string, text: string];

/** Characters in a line, unless one word is longer. */
const WIDTH = 100;
const LABEL = 14;

/** Begins a reason, as a comment in a shell does. */
export const ASIDE = '  # ';

/** Rows as lines for people. An empty label continues the one above it. */
export function renderRows(rows: readonly Row[]): string {
  return rows
    .flatMap(([label, text]) => wrap(text).map((line, at) => `${at === 0 ? padded(label) : ' '.repeat(LABEL)}${line}`))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function padded(label: string): string {
  return label + ' '.repeat(Math.max(1, LABEL - lengthOf(label)));
}

/** A reason that does not fit behind what it explains stands below it. */
function wrap(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => (fits(line) ? [line] : line.replace(ASIDE, `\n${ASIDE}`).split('\n').flatMap(wrapLine)));
}

/** What does not fit into the first line stands two characters further right. */
function wrapLine(text: string): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.trimStart().split(' ')) {
    if (line !== '' && !fits(`${line} ${word}`)) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line = line === '' ? indent + word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Texts in lines, as many in one as fit whole. */
export function packed(texts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const longer = `${lines.at(-1)}; ${text}`;
    if (lines.length > 0 && fits(longer)) lines.splice(-1, 1, longer);
    else lines.push(text);
  }
  return lines;
}

function fits(line: string): boolean {
  return LABEL + lengthOf(line) <= WIDTH;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
