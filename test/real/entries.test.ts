import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHook } from '../support/hooks.ts';
import { createSandbox, type Sandbox } from '../support/sandbox.ts';

describe('the hooks as commands', () => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = createSandbox({ environment: { PYTHON_VERSION: '3.11' } });
    writeFileSync(join(sandbox.source, 'app.py'), 'print("started")\n');
  });
  afterAll(() => sandbox.remove());

  test('[B98] [B99] [B128] usage says how to use the image, names version and distribution, and changes nothing', async () => {
    const before = readdirSync(sandbox.appRoot);
    const { exit, stdout, stderr } = await runHook('usage', sandbox);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    const text = stdout.toString('utf8');
    expect(text).toMatch(/^This is an S2I builder image for Python 3\.11( on \S.*)?\.$/m);
    for (const way of ['s2i build', 'RUN /usr/libexec/s2i/assemble', 'oc new-app']) expect(text).toContain(way);
    expect(readdirSync(sandbox.appRoot)).toEqual(before);
  });

  test.each(['-h', '--help'])('[B39] assemble %s prints the usage and touches no source', async (option) => {
    const { exit, stdout } = await runHook('assemble', sandbox, { args: [option] });
    expect(exit).toBe(0);
    expect(stdout.toString('utf8')).toContain('This is an S2I builder image');
    expect(readdirSync(sandbox.source)).toEqual(['app.py']);
  });

  test('[B66] run ignores its arguments', async () => {
    writeFileSync(join(sandbox.home, 'app.py'), 'import sys; print("started with", len(sys.argv) - 1)\n');
    const { exit, log } = await runHook('run', sandbox, { args: ['--help', 'x'] });
    expect(log).toContain('started with 0');
    expect(exit).toBe(0);
  });
});
