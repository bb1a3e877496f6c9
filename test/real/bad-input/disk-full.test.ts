import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runHook } from '../../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../../support/loopback-index.ts';
import { builder, canMount } from '../../support/machine.ts';
import { makeWheel } from '../../support/packages.ts';
import { type Sandbox, writeSource } from '../../support/sandbox.ts';
import { bareSandbox, expectSoundError, failsThenSucceeds, offlineSandbox, renewBare } from './again.ts';

/** A small file system of its own. Kibibytes. */
function mountSmall(path: string, size: number): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k,mode=0775,uid=${builder.uid},gid=${builder.gid}`, 'tmpfs', path]);
  onTestFinished(() => unmount(path));
}

function resize(path: string, size: number): void {
  execFileSync('mount', ['-o', `remount,size=${size}k`, path]);
}

/** Nothing happens where nothing is mounted. */
function unmount(path: string): void {
  spawnSync('umount', ['--lazy', path]);
}

/** Text that takes a number of kibibytes on disk. */
function kibibytes(count: number): string {
  return `${'x'.repeat(1023)}\n`.repeat(count);
}

/** Words of the pattern that every full disk gets. */
function expectFull(stderr: string): void {
  expect(stderr).toMatch(/No space left on device|no space left on the device/);
  expect(stderr).toContain('1. free space where the image is built, the temporary folder included: df -h');
}

describe.runIf(canMount)('a full disk', () => {
  test('for the source: what was placed stays, and the next assemble goes on from there', async () => {
    const sandbox = bareSandbox();
    const small = join(sandbox.folder, 'app-root/src');
    const files = { 'a.txt': kibibytes(20), 'b/b.txt': kibibytes(20), 'c/c.txt': kibibytes(40), 'd.txt': 'last\n' };
    const renew = (again: Sandbox) => {
      unmount(small);
      renewBare(again);
      mountSmall(small, 64);
    };
    mountSmall(small, 1024);
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files,
      renew,
      harm: () => {},
      mend: () => resize(small, 1024),
    });
    expect(exit).toBe(1);
    expectFull(stderr);
    expect(stderr).toContain('The application source was not installed: no space left on the device.');
  });

  test('for the record of the build', async () => {
    const sandbox = bareSandbox();
    const small = join(sandbox.appRoot, 'etc/s2i');
    mountSmall(small, 4);
    writeSource(sandbox, Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`file-with-a-long-name-${n}`, ''])));
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expectFull(end.stderr);
  });

  test('for the bundle of certificates', async () => {
    const sandbox = bareSandbox();
    const temporary = join(sandbox.folder, 'small');
    mountSmall(temporary, 16);
    const bundle = join(sandbox.folder, 'ca.crt');
    const certificate = `-----BEGIN CERTIFICATE-----\n${kibibytes(64)}-----END CERTIFICATE-----\n`;
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files: { 'app.py': '' },
      renew: renewBare,
      options: { environment: { S2I_CA_BUNDLE: bundle, TMPDIR: temporary } },
      prepare: () => {
        execFileSync('sh', ['-c', 'cat > "$1"', 'sh', bundle], { input: certificate });
        resize(temporary, 16_384);
      },
      harm: () => resize(temporary, 16),
      mend: () => resize(temporary, 16_384),
    });
    expect(exit).toBe(1);
    expectFull(stderr);
  });

  describe('while packages are installed', () => {
    const large = makeWheel({ name: 'large', version: '1.0', files: { 'large/__init__.py': kibibytes(2048) } });
    let index: LoopbackIndex;
    beforeAll(async () => {
      index = await startIndex([large]);
    });
    afterAll(() => index.close());

    test("pip's own words and status, then the advice", async () => {
      const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
      const temporary = join(sandbox.folder, 'small');
      mountSmall(temporary, 16_384);
      const { exit, stderr } = await failsThenSucceeds(sandbox, {
        files: { 'requirements.txt': 'large==1.0\n' },
        options: { environment: { TMPDIR: temporary } },
        harm: () => resize(temporary, 256),
        mend: () => resize(temporary, 16_384),
      });
      expect(exit).toBe(1);
      expectFull(stderr);
      expect(stderr).toContain('[Errno 28] No space left on device');
    });
  });
});
