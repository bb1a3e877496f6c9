import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { fetchPage, findFreePort } from '../../src/cli/demo/serve.ts';
import { catches, type ProcessOne, startAsProcessOne } from '../support/process-one.ts';
import { childrenOf } from '../support/processes.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { projects } from './signal-projects.ts';
import { expected, nameOf, type Row, receiver, type Signal, signals } from './signal-table.ts';

/** True when docs/signals.md is written instead of compared. */
export const updating = process.env.S2I_UPDATE_DOCS === '1';

/** A way to start, by the name that it has on the page. */
export interface Way {
  readonly launch: string;
  readonly project: keyof typeof projects;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Started {
  readonly server: ProcessOne;
  readonly port: number;
  readonly one: string;
}

/** The files of all projects, each in its folder. */
export function allProjects(): Readonly<Record<string, string>> {
  const files = Object.entries(projects).flatMap(([folder, project]) =>
    Object.entries(project).map(([name, text]) => [`${folder}/${name}`, text] as const),
  );
  return Object.fromEntries(files);
}

/** Starts it as process 1, and waits for its first page. */
export async function startWay(sandbox: Sandbox, { launch, project, environment }: Way): Promise<Started> {
  const port = await findFreePort();
  const name = launch.replaceAll(/\W+/g, '-');
  const variables = { APP_HOME: project, PORT: String(port), WEB_CONCURRENCY: '1', DISABLE_MIGRATE: '1', ...environment };
  const server = await startAsProcessOne(sandbox, name, variables);
  onTestFinished(server.kill);
  await expectPage(server, port);
  return { server, port, one: nameOf(server.pid) };
}

/** Starts it and asks for a page which takes 2 s (or a minute: /stuck); gives what becomes of that request. */
export async function requestDuring(sandbox: Sandbox, way: Way, path = '/slow') {
  const started = await startWay(sandbox, way);
  const request = fetch(`http://127.0.0.1:${started.port}${path}`).then(
    async (answer) => (answer.status === 200 && (await answer.text()) === 'hello' ? 'answered' : 'dropped'),
    () => 'dropped',
  );
  await expect.poll(() => started.server.log(), { timeout: 10_000 }).toContain('request begins');
  return { request, started };
}

/** Sends these signals; a process that goes on gets the next one too, unless the signal changed it. */
export async function observe(sandbox: Sandbox, way: Way, wanted: readonly Signal[] = signals): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let started: Started | undefined;
  for (const signal of wanted) {
    started ??= await startWay(sandbox, way);
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
  const observed = () => receiver(one, handled, child, server.log().slice(before));
  // A handler may write its line later than the page is answered.
  const known = expected(way.launch).find((row) => row.signal === signal)?.who;
  if (!updating && known !== undefined) await expect.poll(observed, { timeout: 20_000 }).toBe(known);
  const who = observed();
  return { who, end: end === undefined ? 'goes on' : String(end), seconds };
}

/** Milliseconds: what the page says to end gets time to do so. */
function patience(way: Way, signal: Signal): number {
  // gunicorn's graceful timeout is 30 s.
  if (updating) return ['TERM', 'INT', 'QUIT'].includes(signal) ? 40_000 : 6000;
  const row = expected(way.launch).find((one) => one.signal === signal);
  return row?.end === 'goes on' ? 1000 : 60_000;
}
