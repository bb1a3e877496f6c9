import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOf } from '../support/processes.ts';

const page = join(import.meta.dirname, '../../docs/signals.md');

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
  return read().rows.filter((row) => row.launch === launch);
}

/** What becomes of a request that is answered when TERM comes, and of one that would take longer than there is time. */
export interface Flight {
  readonly launch: string;
  readonly request: string;
  /** Exit status. */
  readonly end: string;
  readonly stuck: string;
}

/** The row of a server in the second table of the page. */
export function expectedFlight(launch: string): Flight | undefined {
  return read().flights.find((one) => one.launch === launch);
}

/** Puts rows into the page, in the place of those of the same launch; new ones come last. */
export function writePage(rows: readonly Row[], flights: readonly Flight[]): void {
  const before = read();
  writeFileSync(page, render(replaced(before.rows, rows), replaced(before.flights, flights)));
}

function replaced<T extends { readonly launch: string }>(before: readonly T[], now: readonly T[]): readonly T[] {
  const launches = [...new Set([...before, ...now].map(({ launch }) => launch))];
  return launches.flatMap((launch) => {
    const fresh = now.filter((one) => one.launch === launch);
    return fresh.length > 0 ? fresh : before.filter((one) => one.launch === launch);
  });
}

/** The tables as they stand on the page: rows with six cells, and with four. */
function read(): { readonly rows: readonly Row[]; readonly flights: readonly Flight[] } {
  const lines = existsSync(page) ? readFileSync(page, 'utf8').split('\n') : [];
  const tables = lines
    .filter((line) => line.startsWith('| ') && !line.startsWith('| launch'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const rows = tables.filter(({ length }) => length === 6);
  const flights = tables.filter(({ length }) => length === 4);
  return {
    rows: rows.map(([launch = '', one = '', signal = '', who = '', end = '', seconds = '']) => ({
      launch,
      one,
      signal: signal as Signal,
      who,
      end,
      seconds,
    })),
    flights: flights.map(([launch = '', request = '', end = '', stuck = '']) => ({ launch, request, end, stuck })),
  };
}

function render(rows: readonly Row[], flights: readonly Flight[]): string {
  return `${[
    '# Signals',
    '',
    'What becomes of a signal that the container runtime sends to process 1, for each way to start. Observed with real',
    'processes in a process namespace of their own, where the kernel drops what process 1 has no handler for.',
    '',
    '## Requests in flight',
    '',
    'A request that takes two seconds, and TERM while it is answered; and one that takes a minute, with `S2I_GRACE_PERIOD=1`.',
    '',
    '| launch | the request is | ends with | one that takes too long |',
    '|---|---|---|---|',
    ...flights.map((one) => `| ${[one.launch, one.request, one.end, one.stuck].join(' | ')} |`),
    '',
    '## Every signal',
    '',
    '_app.py without handlers_ sets none beside those that Python sets itself (INT). _app.sh_ runs Python as a child, without',
    '`exec`. The exit status is that of process 1; 128 and more tell the signal that ended it.',
    '',
    '| launch | process 1 | signal | who gets it | ends with | seconds |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${[row.launch, row.one, row.signal, row.who, row.end, row.seconds].join(' | ')} |`),
    '',
    'Written by `S2I_UPDATE_DOCS=1 npx vitest run --no-file-parallelism launch-signals server-signals`; without the variable the',
    'same tests compare everything but the seconds.',
  ].join('\n')}\n`;
}
