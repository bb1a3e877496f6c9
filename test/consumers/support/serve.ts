import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { fetchPage } from '../../../src/cli/demo/serve.ts';
import type { Engine, RunRequest } from '../../../src/engine/engine.ts';
import { type StartedContainer, startContainer } from '../../engine/support/containers.ts';
import type { RunExpectation } from '../../support/app-case.ts';
import { holdersOf } from '../../support/processes.ts';
import { atRest } from '../../support/server.ts';
import { shout } from '../../support/web-socket.ts';

/** What is expected of a container that serves. */
export type Served = Pick<RunExpectation, 'http' | 'log' | 'notLog' | 'stop'> & Partial<Pick<RunExpectation, 'webSocket'>>;

/**
 * Starts the image's own command, asks for the pages, sends the messages, lets `look` see it at work, and ends it by its
 * signal, which has to be in time.
 */
export async function serve(
  engine: Engine,
  request: Omit<RunRequest, 'name'>,
  port: number,
  run: Served,
  look: (container: StartedContainer) => Promise<void> = async () => undefined,
): Promise<void> {
  const container = startContainer(engine, request);
  // One that is removed at the end of a failed test ends without a status.
  const ended = container.ended.catch((error: unknown) => String(error));
  for (const { path, status, body } of run.http) {
    const page = await fetchPage(`http://127.0.0.1:${port}${path}`, { ended }, 60);
    if ('problem' in page) throw new Error(`${path}: ${page.problem}\n${container.log()}`);
    for (const part of body) expect(page.body).toContain(part);
    expect(page.status).toBe(status);
  }
  for (const { path, send, receive } of run.webSocket ?? []) expect(await shout(port, path, send)).toBe(receive);
  await look(container);
  await atRest(() => holdersOf(port));
  expect(await stop(container, run.stop), container.log()).toBe(run.stop.exitAsProcessOne ?? statusOf(run.stop.exit));
  for (const line of run.log) expect(container.log()).toContain(line);
  for (const line of run.notLog) expect(container.log()).not.toContain(line);
}

async function stop(container: StartedContainer, { signal, withinSeconds }: RunExpectation['stop']): Promise<number | 'late'> {
  await container.signal(signal);
  return Promise.race([container.ended, sleep(withinSeconds * 1000, 'late' as const, { ref: false })]);
}

/** A container that a signal ended has 128 and its number. */
function statusOf(exit: number | string): number {
  if (typeof exit === 'number') return exit;
  const entry = Object.entries(constants.signals).find(([name]) => name === exit);
  if (entry === undefined) throw new Error(`${exit} is no signal`);
  return 128 + entry[1];
}
