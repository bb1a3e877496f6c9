import { lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStand, type Stand } from '../../src/hosts/node/trees/stand.ts';

let tree: string;
let elsewhere: string;
let stand: Stand;
const before = process.cwd();

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stand-')));
  [tree, elsewhere] = [join(folder, 'tree'), join(folder, 'elsewhere')];
  for (const path of ['a/b', 'c']) mkdirSync(join(tree, path), { recursive: true });
  mkdirSync(join(elsewhere, 'b'), { recursive: true });
  stand = createStand();
  stand.enter(tree);
});

afterEach(() => {
  stand.leaveAll();
  expect(process.cwd()).toBe(before);
  rmSync(join(tree, '..'), { recursive: true });
});

test('a walk down and up stands where it should at every step', () => {
  for (const step of ['a', 'b', '..', '..', 'c', '..']) {
    if (step === '..') stand.leave();
    else stand.enter(step);
    stand.verify();
  }
  expect(process.cwd()).toBe(tree);
});

test('a folder that became a link out of the tree is found out, however deep the walk went behind it', () => {
  stand.enter('a');
  stand.enter('b');
  stand.leave();
  stand.leave();
  const seen = lstatSync('a');
  renameSync(join(tree, 'a'), join(tree, 'old'));
  symlinkSync(elsewhere, join(tree, 'a'));
  stand.enter('a', seen);
  expect(() => stand.verify()).toThrow('a directory was replaced during the walk');
  stand.enter('b');
  expect(() => stand.verify()).toThrow('a directory was replaced during the walk');
});

test('a folder that was moved away while the walk stands in it is found out on the way back', () => {
  stand.enter('a');
  stand.verify();
  renameSync(join(tree, 'a'), join(elsewhere, 'a'));
  stand.leave();
  expect(process.cwd()).toBe(elsewhere);
  expect(() => stand.verify()).toThrow('a directory was replaced during the walk');
});
