import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleHooks } from '../../scripts/bundle-hooks.ts';
import { prepareRehearsal } from '../../src/hosts/node/code/rehearsal.ts';

let folder: string;
let bundles: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hook-parts-'));
  bundles = join(folder, 'bundles');
  await bundleHooks(bundles);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a bundled hook up to its hand-over, and says which bundles it has loaded. */
async function loadedBy(hook: string, directory: string, environment: Readonly<Record<string, string>>) {
  const loader = join(import.meta.dirname, '../../src/hosts/node/code/loader.ts');
  const program = `
    import { writeSync } from 'node:fs';
    import { createLoader } from ${JSON.stringify(loader)};
    process.execve = () => process.exit(0);
    createLoader(${JSON.stringify(bundles)}, (file) => writeSync(2, 'loaded ' + file + '\\n'))(${JSON.stringify(hook)});`;
  const options = { cwd: directory, env: environment, extendEnv: false, reject: false } as const;
  const words = ['--no-warnings', '--input-type=module', '--eval', program];
  const { exitCode, stderr } = await execa(process.execPath, words, options);
  const loaded = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, file = '']) => basename(file));
  return { exitCode, stderr, loaded };
}

test('a start that goes well needs nothing but its own bundle', async () => {
  const { directory, environment } = prepareRehearsal(join(folder, 'whole'));
  expect(await loadedBy('run', directory, environment)).toMatchObject({ exitCode: 0, loaded: ['run.cjs'] });
});

test('what is wrong is put into words by a part', async () => {
  const { directory, environment } = prepareRehearsal(join(folder, 'failing'));
  const started = await loadedBy('run', directory, { ...environment, APP_FILE: 'absent.py' });
  expect(started).toMatchObject({ exitCode: 1, loaded: ['run.cjs', 'failures.cjs'] });
  expect(started.stderr).toContain("ERROR: file 'absent.py' not found.");
});

test('TOML is read by a part', async () => {
  const { directory, environment } = prepareRehearsal(join(folder, 'toml'));
  writeFileSync(join(folder, 'toml/drop/src/pyproject.toml'), '[project]\nname = "shop\n');
  const built = await loadedBy('assemble', directory, environment);
  expect(built.loaded).toEqual(['assemble.cjs', 'toml.cjs', 'failures.cjs']);
  expect(built.stderr).toContain('ERROR: pyproject.toml, line 2');
});

test.each(['failures', 'sources'])('%s has no class that a hook could compare with its own', (part) => {
  expect(readFileSync(join(bundles, `${part}.cjs`), 'utf8')).not.toMatch(/\bclass\b[^'"`]{0,20}\bextends Error/);
});

test('compiled code lies beside every bundle but those that start others', () => {
  const names = readdirSync(bundles).filter((name) => name.endsWith('.cjs'));
  expect(names.filter((name) => !existsSync(join(bundles, `${name}.code`)))).toEqual(['compile.cjs', 'start.cjs']);
});
