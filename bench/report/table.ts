import type { Verdict } from './results.ts';

const header = ['', 'baseline ms', 'ours ms', 'ratio', 'target', 'verdict', 'baseline MB', 'ours MB', 'limit'] as const;

/** The verdicts as a Markdown table that is readable as it stands. */
export function renderTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(cells);
  const widths = header.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(header), line(rule), ...rows.map(line)].map((text) => `${text}\n`).join('');
}

function cells({ title, ours, baseline, ratio, target, memory, judgement }: Verdict): readonly string[] {
  return [
    title,
    baseline === undefined ? '' : baseline.wall.toFixed(1),
    ours.wall.toFixed(1),
    ratio === undefined ? '' : ratio.toFixed(2),
    target === undefined ? '' : `≤ ${target.toFixed(2)}`,
    judgement,
    baseline === undefined ? '' : megabytes(baseline.memory),
    megabytes(ours.memory),
    memory === undefined ? '' : `≤ ${memory}`,
  ];
}

/** Of a server it is not taken. */
function megabytes(memory: number): string {
  return memory === 0 ? '' : memory.toFixed(1);
}

function isText(column: number): boolean {
  return column === 0 || column === 5;
}

function pad(cell: string, width: number, column: number): string {
  return isText(column) ? cell.padEnd(width) : cell.padStart(width);
}
