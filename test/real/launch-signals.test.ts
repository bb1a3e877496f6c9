import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { fetchPage, findFreePort } from '../../src/cli/demo/serve.ts';
import { assemble } from '../support/hooks.ts';
import { isRoot } from '../support/machine.ts';
import { catches, type ProcessOne, startAsProcessOne } from '../support/process-one.ts';
import { childrenOf, programOf } from '../support/processes.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { projects } from './signal-projects.ts';

/**
 * What becomes of each signal, for each way to start, from real processes: process 1 of a process namespace. The table in
 * docs/signals.md is written with S2I_UPDATE_DOCS=1; without it every column but the seconds has to be as it stands there.
 */
const page = join(import.meta.dirname, '../../docs/signals.md');
const updating = process.env.S2I_UPDATE_DOCS === '1';
const signals = ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH'] as const;
type Signal = (typeof signals)[number];

interface Way {
  readonly launch: string;
  readonly project: keyof typeof projects;
  readonly environment?: Readonly<Record<string, string>>;
}

const off = { S2I_INIT: 'off' };
const ways: readonly Way[] = [
  { launch: 'gunicorn', project: 'wsgi', environment: { APP_SERVER: 'gunicorn' } },
  { launch: 'mod_wsgi', project: 'wsgi', environment: { APP_SERVER: 'mod_wsgi' } },
  { launch: 'mod_wsgi, S2I_INIT=off', project: 'wsgi', environment: { APP_SERVER: 'mod_wsgi', ...off } },
  { launch: 'app.py without handlers', project: 'plain' },
  { launch: 'app.py without handlers, S2I_INIT=off', project: 'plain', environment: off },
  { launch: 'app.py with handlers', project: 'handlers' },
  { launch: 'app.py with handlers, S2I_INIT=off', project: 'handlers', environment: off },
  { launch: 'app.sh', project: 'script' },
  { launch: 'app.sh, S2I_INIT=off', project: 'script', environment: off },
  { launch: 'runserver', project: 'django' },
  { launch: 'runserver, S2I_INIT=off', project: 'django', environment: off },
];

interface Row {
  readonly launch: string;
  readonly one: string;
  readonly signal: Signal;
  readonly who: string;
  /** Exit status, or `goes on`. */
  readonly end: string;
  readonly seconds: string;
}

let sandbox: Sandbox;
const written: Row[] = [];

describe.runIf(isRoot)('signals', () => {
  beforeAll(async () => {
    sandbox = createSandbox();
    writeSource(sandbox, { ...allProjects(), 'requirements.txt': 'gunicorn\nDjango\nmod_wsgi\n' });
    await assemble(sandbox, { environment: { ...inject('image').pip, DISABLE_COLLECTSTATIC: '1' } });
  });
  afterAll(() => {
    sandbox?.remove();
    if (updating) writeFileSync(page, render(written));
  });

  test.each(ways)('[B64] [B65] [B92] [B94] [B97] $launch', async (way) => {
    const rows = await observe(way);
    written.push(...rows);
    if (!updating) expect(rows.map(comparable)).toEqual(expected(way.launch).map(comparable));
  });
});

/** Sends every signal; a process that goes on gets the next one too, unless the signal changed it. */
async function observe(way: Way): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let started: Started | undefined;
  for (const signal of signals) {
    started ??= await start(way);
    const { one } = started;
    const row = await send(way, started, signal);
    rows.push({ launch: way.launch, one, signal, ...row });
    // gunicorn answers USR2 with a second gunicorn.
    if (row.end !== 'goes on' || signal === 'USR2') {
      started.server.kill();
      started = undefined;
    }
  }
  started?.server.kill();
  return rows;
}

interface Started {
  readonly server: ProcessOne;
  readonly port: number;
  readonly one: string;
}

async function start({ launch, project, environment }: Way): Promise<Started> {
  const port = await findFreePort();
  const name = launch.replaceAll(/\W+/g, '-');
  const variables = { APP_HOME: project, PORT: String(port), WEB_CONCURRENCY: '1', DISABLE_MIGRATE: '1', ...environment };
  const server = await startAsProcessOne(sandbox, name, variables);
  await expectPage(server, port);
  return { server, port, one: nameOf(server.pid) };
}

async function expectPage(server: ProcessOne, port: number): Promise<void> {
  const found = await fetchPage(`http://127.0.0.1:${port}/`, server, 60);
  if ('problem' in found) throw new Error(`${found.problem}\n${server.log()}`);
  expect(found.status, server.log()).toBe(200);
}

async function send(way: Way, started: Started, signal: Signal): Promise<Pick<Row, 'who' | 'end' | 'seconds'>> {
  const { server, port, one } = started;
  const before = server.log().length;
  const handled = catches(server.pid, `SIG${signal}`);
  const child = nameOf(childrenOf(server.pid)[0] ?? 0);
  const from = performance.now();
  process.kill(server.pid, `SIG${signal}`);
  const end = await Promise.race([server.ended, sleep(patience(way, signal), undefined, { ref: false })]);
  const seconds = end === undefined ? '' : ((performance.now() - from) / 1000).toFixed(1);
  if (end === undefined) await expectPage(server, port);
  const who = receiver(one, handled, child, server.log().slice(before));
  return { who, end: end === undefined ? 'goes on' : String(end), seconds };
}

/** Milliseconds: what the page says to end gets time to do so. */
function patience(way: Way, signal: Signal): number {
  if (updating) return 6000;
  const row = expected(way.launch).find((one) => one.signal === signal);
  return row?.end === 'goes on' ? 1000 : 60_000;
}

/** Who the signal came to, as the processes and their logs show it. */
function receiver(one: string, handled: boolean, child: string, log: string): string {
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
function nameOf(pid: number): string {
  const program = programOf(pid);
  if (program.startsWith('python')) return 'python';
  if (program === 'apache2' || program === 'httpd') return 'Apache';
  return program === 'dash' || program === 'bash' ? 'sh' : program;
}

function allProjects(): Readonly<Record<string, string>> {
  const files = Object.entries(projects).flatMap(([folder, project]) =>
    Object.entries(project).map(([name, text]) => [`${folder}/${name}`, text] as const),
  );
  return Object.fromEntries(files);
}

function comparable({ seconds: _, ...row }: Row): Omit<Row, 'seconds'> {
  return row;
}

function expected(launch: string): readonly Row[] {
  const lines = existsSync(page) ? readFileSync(page, 'utf8').split('\n') : [];
  return lines.flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, name = '', one = '', signal = '', who = '', end = '', seconds = ''] = cells;
    return name === launch ? [{ launch: name, one, signal: signal as Signal, who, end, seconds }] : [];
  });
}

function render(rows: readonly Row[]): string {
  const order = (row: Row) => ways.findIndex((way) => way.launch === row.launch);
  const sorted = [...rows].sort((a, b) => order(a) - order(b));
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
    ...sorted.map((row) => `| ${[row.launch, row.one, row.signal, row.who, row.end, row.seconds].join(' | ')} |`),
    '',
    'Written by `S2I_UPDATE_DOCS=1 npx vitest run test/real/launch-signals.test.ts`; without the variable the same test',
    'compares everything but the seconds.',
  ].join('\n')}\n`;
}
