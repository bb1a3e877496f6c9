import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requirements, sandboxFor } from '../support/builds.ts';
import { assemble } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { makeWheel } from '../support/packages.ts';
import { type Sandbox, writeSource } from '../support/sandbox.ts';

/** What stands in the second word of a .pyc (PEP 552). */
const FLAGS = { timestamp: 0, unchecked: 1, checked: 3 };

// More modules than are compiled without other processes.
const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`many/part${index}.py`, `number = ${index}\n`]));
const wheels = [
  makeWheel({ name: 'greeting', version: '1.0' }),
  makeWheel({ name: 'many', version: '1.0', files: { 'many/__init__.py': '', 'many/broken.py': 'no python here\n', ...many } }),
];

let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex(wheels);
});
afterAll(() => index.close());

function files(folder: string, ending: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

function flags(paths: readonly string[]): readonly number[] {
  return [...new Set(paths.map((path) => readFileSync(path).readUInt32LE(4)))];
}

function sitePackages({ appRoot }: Sandbox): string {
  return join(appRoot, 'lib', readdirSync(join(appRoot, 'lib'))[0] ?? '', 'site-packages');
}

function python({ appRoot, home }: Sandbox, code: string): string {
  return execFileSync(join(appRoot, 'bin/python'), ['-c', code], { cwd: home, encoding: 'utf8', env: {} });
}

test('bytecode is valid by the text it was made from: packages unchecked, the project checked', async () => {
  const sandbox = sandboxFor(index);
  writeSource(sandbox, {
    ...requirements('greeting', 'many'),
    'shop/__init__.py': 'state = "open"\n',
    'shop/old.py': 'print "two"\n',
    '.hidden/tool.py': 'x = 1\n',
    'node_modules/gyp/gyp.py': 'x = 1\n',
  });
  await assemble(sandbox);
  const packages = ['greeting', 'many'].map((name) => join(sitePackages(sandbox), name));
  expect(packages.flatMap((folder) => files(folder, '.pyc'))).toHaveLength(62);
  expect(flags(packages.flatMap((folder) => files(folder, '.pyc')))).toEqual([FLAGS.unchecked]);
  const own = files(sandbox.home, '.pyc');
  expect(own.map((path) => path.slice(sandbox.home.length + 1).replace(/\.cpython-\d+/, '')).sort()).toEqual([
    '__pycache__/app.pyc',
    'shop/__pycache__/__init__.pyc',
  ]);
  expect(flags(own)).toEqual([FLAGS.checked]);

  // As a layer has it: every time is the same.
  const all = [...packages, sandbox.home].flatMap((folder) => [...files(folder, '.py'), ...files(folder, '.pyc')]);
  for (const path of all) utimesSync(path, 315532801, 315532801);
  expect(python(sandbox, 'import greeting, many.part7, shop; print(shop.state, greeting.__version__)')).toBe('open 1.0\n');
  expect(all.filter((path) => statSync(path).mtimeMs !== 315532801000)).toEqual([]);

  // A module of the project that is replaced later counts, even of the same size and time.
  const module = join(sandbox.home, 'shop/__init__.py');
  writeFileSync(module, 'state = "shut"\n');
  utimesSync(module, 315532801, 315532801);
  expect(python(sandbox, 'import shop; print(shop.state)')).toBe('shut\n');
});

test('bytecode that was written in part is made anew', async () => {
  const sandbox = sandboxFor(index);
  writeSource(sandbox, requirements('greeting'));
  await assemble(sandbox);
  const compiled = files(join(sitePackages(sandbox), 'greeting'), '.pyc');
  for (const path of compiled) writeFileSync(path, Buffer.alloc(statSync(path).size));
  writeSource(sandbox, requirements('greeting', 'many'));
  await assemble(sandbox);
  expect(compiled).not.toEqual([]);
  expect(flags(compiled)).toEqual([FLAGS.unchecked]);
});

test("PIP_NO_COMPILE leaves the packages as pip makes them, and the project's modules are compiled", async () => {
  const sandbox = sandboxFor(index);
  writeSource(sandbox, requirements('greeting'));
  await assemble(sandbox, { environment: { PIP_NO_COMPILE: '0' } });
  expect(files(join(sitePackages(sandbox), 'greeting'), '.pyc')).toEqual([]);
  expect(flags(files(sandbox.home, '.pyc'))).toEqual([FLAGS.checked]);
});
