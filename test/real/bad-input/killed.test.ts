import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endProcess } from '../../support/end-process.ts';
import { startHook } from '../../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../../support/loopback-index.ts';
import { makeWheel } from '../../support/packages.ts';
import { familyOf } from '../../support/processes.ts';
import type { Sandbox } from '../../support/sandbox.ts';
import { killedThenSucceeds, offlineSandbox } from './again.ts';

const silent: string[] = [];
let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([makeWheel({ name: 'first', version: '1.0' }), makeWheel({ name: 'second', version: '1.0' })], {
    silent,
  });
});
afterAll(() => index.close());

const PROJECT = { 'requirements.txt': 'first\nsecond\n', 'app.py': 'print("serving")\n', 'static/site.css': 'body {}\n' };

/** Starts assemble, waits until pip asks for a package whose answer never comes, and kills everything. */
async function killWhilePipWaits(sandbox: Sandbox): Promise<void> {
  index.forget();
  silent.push('second');
  const hook = startHook('assemble', sandbox);
  while (!index.requests.some((request) => request.includes('/simple/second/'))) await sleep(20);
  for (const pid of familyOf(hook.pid)) endProcess(pid, 'SIGKILL');
  expect(await hook.ended).toBe('SIGKILL');
  silent.pop();
}

describe('an assemble that is killed', () => {
  test('while pip runs: the next one gives the tree of a first build', async () => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
    await killedThenSucceeds(sandbox, PROJECT, () => killWhilePipWaits(sandbox));
  });

  test('twice', async () => {
    const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
    await killedThenSucceeds(sandbox, PROJECT, async () => {
      await killWhilePipWaits(sandbox);
      await killWhilePipWaits(sandbox);
    });
  });
});
