import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOf } from '../support/processes.ts';

export const page = join(import.meta.dirname, '../../docs/signals.md');

export const signals = ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH'] as const;
export type Signal = (typeof signals)[number];

/** What became of one signal. */
export interface Row {
  readonly launch: string;
  readonly one: string;
  readonly signal: Signal;
  readonly who: string;
  /** Exit status, or `goes on`. */
  readonly end: string;
  readonly seconds: string;
}

/** Who the signal came to, as the processes and their logs show it. */
export function receiver(one: string, handled: boolean, child: string, log: string): string {
  if (one === 'tini') {
    const named = /got SIG\w+/.test(log) ? `${child}, whose handler runs` : child;
    return `${named}, from tini`;
  }
  const apache = /caught (SIG\w+)|(SIGHUP|SIGUSR1|AP_SIG_GRACEFUL) received/.exec(log);
  if (one === 'sh' && handled) {
    const name = apache?.[1] ?? apache?.[2]?.replace('AP_SIG_GRACEFUL', 'SIGUSR1');
    return name === undefined ? 'sh, which keeps it' : `Apache as ${name.replace('SIG', '')}, from sh`;
  }
  return handled ? `${one}, which handles it` : `nobody: ${one} has no handler`;
}

/** The name of a program as people know it. */
export function nameOf(pid: number): string {
  const program = programOf(pid);
  if (program.startsWith('python')) return 'python';
  if (program === 'apache2' || program === 'httpd') return 'Apache';
  return program === 'dash' || program === 'bash' ? 'sh' : program;
}

export function comparable({ seconds: _, ...row }: Row): Omit<Row, 'seconds'> {
  return row;
}

/** The rows of a way to start, as they stand on the page. */
export function expected(launch: string): readonly Row[] {
  const lines = existsSync(page) ? readFileSync(page, 'utf8').split('\n') : [];
  return lines.flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, name = '', one = '', signal = '', who = '', end = '', seconds = ''] = cells;
    return name === launch ? [{ launch: name, one, signal: signal as Signal, who, end, seconds }] : [];
  });
}

/** The page with the rows in this order. */
export function render(rows: readonly Row[]): string {
  return `${[
    '# Signals',
    '',
    'What becomes of a signal that the container runtime sends to process 1, for each way to start. Observed with real',
    'processes in a process namespace of their own, where the kernel drops what process 1 has no handler for.',
    '',
    '_app.py without handlers_ sets none beside those that Python sets itself (INT). _app.sh_ runs Python as a child, without',
    '`exec`. The exit status is that of process 1; 128 and more tell the signal that ended it.',
    '',
    '| launch | process 1 | signal | who gets it | ends with | seconds |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${[row.launch, row.one, row.signal, row.who, row.end, row.seconds].join(' | ')} |`),
    '',
    'Written by `S2I_UPDATE_DOCS=1 npx vitest run test/real/launch-signals.test.ts`; without the variable the same test',
    'compares everything but the seconds.',
  ].join('\n')}\n`;
}
