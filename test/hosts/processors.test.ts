import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countProcessors } from '../../src/hosts/node/processors.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'processors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function count(allowed: string, online: string): number {
  const files = { status: join(folder, 'status'), online: join(folder, 'online') };
  writeFileSync(files.status, `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${allowed}\nMems_allowed:\t1\n`);
  writeFileSync(files.online, online);
  return countProcessors(files);
}

test('counts what the process is allowed', () => {
  expect(count('0-2,8,10-11', '0-15\n')).toBe(6);
});

test('does not count processors that are allowed for the day they are plugged in', () => {
  expect(count('0-127', '0-3\n')).toBe(4);
});

test('counts what is allowed where it is not told what is there', () => {
  expect(count('0-3', '')).toBe(4);
});

test('asks Node where there is no such file', () => {
  expect(countProcessors({ status: join(folder, 'none'), online: join(folder, 'none') })).toBe(availableParallelism());
});
