/** The lines of a table with fixed columns, for people: words are wrapped, longer ones cut. Widths count characters of text. */
export function renderGrid(head: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[]): string {
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}\n`;
  const lines = rows.map((row) => renderRow(row, widths)).join('');
  return `${rule('┌', '┬', '┐')}${renderRow(head, widths)}${rule('├', '┼', '┤')}${lines}${rule('└', '┴', '┘')}`;
}

function renderRow(cells: readonly string[], widths: readonly number[]): string {
  const wrapped = widths.map((width, column) => wrap(cells[column] ?? '', width));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  const lines = Array.from({ length: height }, (_, line) => {
    const texts = wrapped.map((column, at) => padded(column[line] ?? '', widths[at] ?? 0));
    return `│ ${texts.join(' │ ')} │\n`;
  });
  return lines.join('');
}

function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** A word in parts that fit. */
function pieces(word: string, width: number): readonly string[] {
  const characters = Array.from(word);
  if (characters.length <= width) return [word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, at) =>
    characters.slice(at * width, (at + 1) * width).join(''),
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
