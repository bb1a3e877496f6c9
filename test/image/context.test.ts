import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withContext } from '../../src/image/build/context.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const FILES = [
  's2i/bin/run',
  's2i/bin/lib/start.sh',
  'dist/hooks/run.cjs',
  'dist/hooks/run.cjs.code',
  'dist/cli.mjs',
  'dist/native/s2i-python.js',
  'dist/native/of-a-test.js',
  'images/build/pack.py',
  'src/hosts/native/c/main.c',
  'src/hosts/native/main.ts',
  'images/root/usr/bin/x',
  'README.md',
];

function makeRepository(): string {
  const repository = temporaryDirectory();
  for (const name of FILES) {
    mkdirSync(dirname(join(repository, name)), { recursive: true });
    writeFileSync(join(repository, name), name);
  }
  symlinkSync('../x', join(repository, 'images/root/usr/bin/link'));
  chmodSync(join(repository, 's2i/bin/run'), 0o700);
  chmodSync(join(repository, 'images/root/usr/bin/x'), 0o600);
  chmodSync(join(repository, 'images/root/usr'), 0o700);
  return repository;
}

describe('the build context', () => {
  test('has what the image copies and nothing else', async () => {
    const files = await withContext({ repository: makeRepository() }, async (folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
    );
    expect(files).toEqual([
      'dist/hooks/run.cjs',
      'dist/native/s2i-python.js',
      'images/build/pack.py',
      'images/root/usr/bin/link',
      'images/root/usr/bin/x',
      's2i/bin/lib/start.sh',
      's2i/bin/run',
      'src/hosts/native/c/main.c',
    ]);
  });

  test('has modes that do not depend on the checkout, and links as they are', async () => {
    await withContext({ repository: makeRepository() }, async (folder) => {
      const mode = (name: string) => (lstatSync(join(folder, name)).mode & 0o777).toString(8);
      expect(['images/root', 'images/root/usr', 's2i/bin/run', 'images/root/usr/bin/x'].map(mode)).toEqual([
        '755',
        '755',
        '755',
        '644',
      ]);
      expect(readlinkSync(join(folder, 'images/root/usr/bin/link'))).toBe('../x');
    });
  });

  test('is gone afterwards, after a failure too', async () => {
    let seen = '';
    const failing = withContext({ repository: makeRepository() }, async (folder) => {
      seen = folder;
      throw new Error('no engine');
    });
    await expect(failing).rejects.toThrow('no engine');
    expect(existsSync(seen)).toBe(false);
  });
});
