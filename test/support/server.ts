import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { fetchPage, type Page } from '../../src/cli/demo/serve.ts';
import type { StartedHook } from './hooks.ts';
import { activityOf, childrenOf, familyOf, holds, listenersOn, programOf } from './processes.ts';

/** Asks for a page until the server answers; fails with its log when it ended or never did. */
export async function ask(server: StartedHook, port: number, path: string): Promise<Page> {
  const page = await fetchPage(`http://127.0.0.1:${port}${path}`, server, 60);
  if ('problem' in page) throw new Error(`${path}: ${page.problem}\n${server.log()}`);
  return page;
}

/**
 * Waits until all processes of a server sleep. A worker that is just being started may still miss a signal: gunicorn then
 * waits its whole grace period for it.
 */
export async function atRest(processes: () => readonly number[]): Promise<void> {
  let last: readonly string[] = [];
  const rests = () => {
    const now = processes().map((pid) => `${pid} ${activityOf(pid)}`);
    const same = now.every((line) => last.includes(line) && / [SZ] /.test(line)) && now.length === last.length;
    last = now;
    return same;
  };
  await expect.poll(rests, { timeout: 60_000, interval: 150 }).toBe(true);
}

/** Ends a server by a signal once it rests; fails when it takes longer. Seconds. */
export async function stop(server: StartedHook, signal: NodeJS.Signals, withinSeconds: number): Promise<number | string> {
  await atRest(() => familyOf(server.pid));
  const family = familyOf(server.pid);
  process.kill(server.pid, signal);
  const end = await Promise.race([server.ended, sleep(withinSeconds * 1000, 'late' as const, { ref: false })]);
  if (end !== 'late') return end;
  for (const pid of family) kill(pid);
  throw new Error(`${signal} did not end it within ${withinSeconds} s:\n${server.log()}`);
}

/** Ends whatever is left of a server, for the end of a test. */
export function end(server: StartedHook): void {
  for (const pid of familyOf(server.pid)) if (programOf(pid) !== '') kill(pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Nothing of the hook is left, and what answers is the process that was the hook, or one that it started. */
export function expectHandedOver(server: StartedHook, port: number, answeredBy: 'self' | 'child'): void {
  const family = familyOf(server.pid);
  expect(family.map(programOf)).not.toContain('node');
  const listeners = listenersOn(port);
  // Apache listens on `::`, which takes connections to IPv4 addresses too.
  // granian's workers each listen for themselves.
  const addresses = new Set(listeners.map(({ address }) => (address === '::' ? '0.0.0.0' : address)));
  expect([...addresses]).toEqual(['0.0.0.0']);
  const answering = answeredBy === 'self' ? [server.pid] : family.slice(1);
  expect(listeners.every((listener) => answering.some((pid) => holds(pid, listener)))).toBe(true);
}

/** Waits until the server keeps this many processes beside itself. */
export async function expectWorkers(server: StartedHook, count: number): Promise<void> {
  await expect.poll(() => childrenOf(server.pid).length, { timeout: 20_000 }).toBe(count);
}
