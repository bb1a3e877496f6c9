import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CODE, createLoader, wrapped } from '../../src/hosts/node/code/loader.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bundle(name: string, source: string): string {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(file, source);
  return file;
}

test('a bundle without code runs', () => {
  bundle('hook', 'exports.said = "from " + __filename.slice(__dirname.length);');
  expect(createLoader(folder)('hook')).toEqual({ said: 'from /hook.cjs' });
});

test('the code beside a bundle is used', () => {
  const file = bundle('hook', 'exports.said = (() => "hello")();');
  writeFileSync(file + CODE, new Script(wrapped(readFileSync(file, 'latin1')), { filename: file }).createCachedData());
  const used: (boolean | undefined)[] = [];
  const load = createLoader(folder, (_, script) => used.push(script.cachedDataRejected));
  expect(load('hook')).toEqual({ said: 'hello' });
  expect(used).toEqual([false]);
});

test('code that is none, or belongs to another version of V8, changes nothing', () => {
  const file = bundle('hook', 'exports.said = "hello";');
  writeFileSync(file + CODE, 'no code of any version');
  const used: (boolean | undefined)[] = [];
  const load = createLoader(folder, (_, script) => used.push(script.cachedDataRejected));
  expect(load('hook')).toEqual({ said: 'hello' });
  expect(used).toEqual([true]);
});

test('a part is loaded once, when it is asked for, and Node gives its own modules', () => {
  const seen: string[] = [];
  bundle('part', 'exports.separator = require("node:path").sep;');
  bundle('hook', 'exports.ask = () => [require("./part.cjs"), require("./part.cjs")];');
  const hook = createLoader(folder, (file) => seen.push(file.slice(folder.length)))('hook') as { ask: () => unknown[] };
  expect(seen).toEqual(['/hook.cjs']);
  const [first, second] = hook.ask();
  expect(first).toEqual({ separator: '/' });
  expect(second).toBe(first);
  expect(seen).toEqual(['/hook.cjs', '/part.cjs']);
});

test('a bundle that asks for a library is a mistake of its making', () => {
  bundle('hook', 'require("left-pad");');
  expect(() => createLoader(folder)('hook')).toThrow('a bundle asks for left-pad, which is no module of Node');
});
