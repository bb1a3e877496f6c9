import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reached, stubProgram } from '../../bench/root/stub.ts';

test('the stub ends at once with the status that proves it was reached', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stub-'));
  try {
    const program = join(folder, 'gunicorn');
    writeFileSync(program, stubProgram(process.arch), { mode: 0o755 });
    expect(spawnSync(program, { env: {} }).status).toBe(reached);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an architecture without machine code is refused', () => {
  expect(() => stubProgram('abacus')).toThrow('no stub for abacus');
});
