import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const sources = join(import.meta.dirname, 'c');
/** What holds no suite of its own. */
const shared = ['check', 'main', 'programs'];
const suites = readdirSync(sources)
  .filter((name) => name.endsWith('.c'))
  .map((name) => basename(name, '.c'))
  .filter((name) => !shared.includes(name));

/** The C files that know nothing of the engine, called from C and watched by the sanitizers of gcc. */
describe('the C half of the native host, with AddressSanitizer and UBSan', () => {
  let folder = '';
  let tests = '';

  beforeAll(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-c-tests-'));
    tests = join(folder, 'tests');
    execFileSync('make', ['-s', '-C', sources, `OUT=${tests}`], { stdio: 'inherit' });
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(suites)('%s', (suite) => {
    const { status, signal, stderr } = spawnSync(tests, [suite], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
    });
    expect({ suite, status, signal, stderr }).toEqual({ suite, status: 0, signal: null, stderr: '' });
  });

  it('has no suite without a file', () => {
    expect(execFileSync(tests, { encoding: 'utf8' }).trim().split('\n').sort()).toEqual([...suites].sort());
  });
});
