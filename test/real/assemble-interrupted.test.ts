import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { endProcess } from '../support/end-process.ts';
import { assemble, type StartedHook, startHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { makeWheel } from '../support/packages.ts';
import { familyOf } from '../support/processes.ts';
import { createSandbox, renewSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { builtTree, differences, type Snapshot } from '../support/snapshot.ts';

const words = makeWheel({ name: 'greeting-words', version: '1.0.3' });
const late = makeWheel({ name: 'late-words', version: '1.0' });
const requirements = { 'requirements.txt': 'greeting-words==1.0.3\nlate-words==1.0\n' };

async function newIndex(silent: readonly string[]): Promise<LoopbackIndex> {
  const index = await startIndex([words, late], { silent });
  onTestFinished(index.close);
  return index;
}

function newSandbox(): Sandbox {
  const sandbox = createSandbox({ environment: { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0', PIP_NO_CACHE_DIR: 'off' } });
  onTestFinished(sandbox.remove);
  return sandbox;
}

/** Ends the hook and everything it started without asking, as a build that is cancelled or out of memory does. */
async function killAll(hook: StartedHook): Promise<void> {
  for (const pid of familyOf(hook.pid)) endProcess(pid, 'SIGKILL');
  await hook.ended;
}

/** The tree of a build that nobody interrupted, in the same place. */
async function cleanTree(sandbox: Sandbox, files: Readonly<Record<string, string>>, url?: string): Promise<Snapshot> {
  renewSandbox(sandbox);
  writeSource(sandbox, files);
  await assemble(sandbox, { environment: url === undefined ? {} : { PIP_INDEX_URL: url } });
  return builtTree(sandbox);
}

describe('an interrupted assemble', () => {
  const many = Object.fromEntries(Array.from({ length: 4000 }, (_, number) => [`file-${number}.txt`, `${number}`]));

  /** Kills an assemble as soon as the first file of its source has moved. */
  async function killWhileMoving(sandbox: Sandbox): Promise<void> {
    writeSource(sandbox, many);
    const hook = startHook('assemble', sandbox);
    const watcher = watch(sandbox.home, () => process.kill(hook.pid, 'SIGKILL'));
    await hook.ended;
    watcher.close();
    const [moved, left] = [readdirSync(sandbox.home).length, readdirSync(sandbox.source).length];
    expect([moved + left, moved > 0, left > 0]).toEqual([4000, true, true]);
  }

  test('[B24] killed while it moves the source is completed by the next one, and nothing is lost', async () => {
    const sandbox = newSandbox();
    await killWhileMoving(sandbox);
    await assemble(sandbox);
    const tree = builtTree(sandbox);
    expect(differences(tree, await cleanTree(sandbox, many))).toEqual([]);
  });

  test('[B24] killed while it moves the source leaves nothing that a later build could not remove', async () => {
    const sandbox = newSandbox();
    await killWhileMoving(sandbox);
    await assemble(sandbox);
    writeSource(sandbox, { 'app.py': 'print("another source")\n' });
    await assemble(sandbox);
    expect(readdirSync(sandbox.home)).toEqual(['__pycache__', 'app.py']);
    expect(readdirSync(join(sandbox.home, '__pycache__'))).toEqual([expect.stringMatching(/^app\.cpython-\d+\.pyc$/)]);
  });

  test('killed while pip installs is completed by the next one, without the source being sent again', async () => {
    const sandbox = newSandbox();
    const silent = await newIndex(['late-words']);
    writeSource(sandbox, { ...requirements, 'app.py': '1' });
    const hook = startHook('assemble', sandbox, { environment: { PIP_INDEX_URL: silent.url } });
    await expect.poll(() => silent.requests, { timeout: 60_000 }).toContain('GET /simple/late-words/ -');
    await killAll(hook);
    const { url } = await newIndex([]);
    const { log } = await assemble(sandbox, { environment: { PIP_INDEX_URL: url } });
    expect(log).toContain('Successfully installed greeting-words-1.0.3 late-words-1.0');
    const tree = builtTree(sandbox);
    const clean = await cleanTree(sandbox, { ...requirements, 'app.py': '1' }, url);
    expect(differences(tree, clean)).toEqual([]);
  });

  test('stopped by TERM while pip installs ends with 143 and is completed by the next one', async () => {
    const sandbox = newSandbox();
    const silent = await newIndex(['late-words']);
    writeSource(sandbox, requirements);
    const hook = startHook('assemble', sandbox, { environment: { PIP_INDEX_URL: silent.url } });
    await expect.poll(() => silent.requests, { timeout: 60_000 }).toContain('GET /simple/late-words/ -');
    const family = familyOf(hook.pid);
    process.kill(hook.pid, 'SIGTERM');
    expect(await hook.ended, hook.log()).toBe(143);
    expect(hook.log()).toContain('ERROR: Stopped by SIGTERM.');
    expect(family.filter((pid) => readdirSync('/proc').includes(String(pid)))).toEqual([]);
    const { url } = await newIndex([]);
    await assemble(sandbox, { environment: { PIP_INDEX_URL: url } });
    const tree = builtTree(sandbox);
    expect(differences(tree, await cleanTree(sandbox, requirements, url))).toEqual([]);
  });

  test('leaves no half-written file of its own', async () => {
    const sandbox = newSandbox();
    const { url } = await newIndex([]);
    writeSource(sandbox, requirements);
    await assemble(sandbox, { environment: { PIP_INDEX_URL: url } });
    expect(readdirSync(join(sandbox.appRoot, 'etc/s2i')).sort()).toEqual(['environment.json', 'sources']);
  });
});
