import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble, runHook } from '../support/hooks.ts';
import { type LockTool, lockedFiles } from '../support/locks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder } from '../support/machine.ts';
import { type Distribution, makeWheel } from '../support/packages.ts';
import { giveTree, type Sandbox, writeSource } from '../support/sandbox.ts';
import { filesWith } from '../support/search.ts';
import { testTools } from '../support/test-tools.ts';
import { offlineSandbox } from './bad-input/again.ts';

const greeting = makeWheel({ name: 'greeting', version: '1.0' });
const farewell = makeWheel({ name: 'farewell', version: '2.0' });
const password = 'pa55-phrase%of+the-mirror';
const userInfo = `builder:${encodeURIComponent(password)}`;
/** Where nothing listens: the index that the locks were made with. */
const ELSEWHERE = 'https://index.invalid/simple';

let mirror: LoopbackIndex;
let other: LoopbackIndex;
beforeAll(async () => {
  const credentials = { user: 'builder', password };
  mirror = await startIndex([greeting], { credentials });
  other = await startIndex([farewell], { credentials });
});
afterAll(() => Promise.all([mirror.close(), other.close()]));

function lay(tool: LockTool, files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>>): Sandbox {
  const sandbox = offlineSandbox({ S2I_TOOLS: testTools(tool), UV_HTTP_RETRIES: '0', PIP_INDEX_URL: '', ...environment });
  writeSource(sandbox, { ...files, 'app.py': 'print("served")\n' });
  return sandbox;
}

/** A pip.conf that is mounted for the build. */
function mounted(sandbox: Sandbox, text: string): Readonly<Record<string, string>> {
  const folder = join(sandbox.folder, 'run/secrets');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pip.conf'), text, { mode: 0o400 });
  giveTree(join(sandbox.folder, 'run'), builder);
  return { PIP_CONFIG_FILE: join(folder, 'pip.conf') };
}

function expectNoSecret(log: string, { appRoot }: Sandbox): void {
  for (const text of [password, encodeURIComponent(password)]) expect(log).not.toContain(text);
  expect(filesWith(appRoot, [password, encodeURIComponent(password)])).toEqual([]);
}

describe('a mirror with a password', () => {
  test.each(['uv', 'poetry', 'pdm', 'pipenv'] as const)('in pip.conf serves a lock: %s', async (tool) => {
    const sandbox = lay(tool, lockedFiles(tool, { packages: [greeting], index: ELSEWHERE }), {});
    const environment = mounted(sandbox, `[global]\nindex-url = ${mirror.urlWith(userInfo)}\n`);
    const { log } = await assemble(sandbox, { environment });
    expect(log).toMatch(/\+ greeting==1\.0|Successfully installed greeting-1\.0/);
    expectNoSecret(log, sandbox);
  });

  test('in PIP_INDEX_URL, another in PIP_EXTRA_INDEX_URL, serve requirements.txt by uv', async () => {
    const files = { 'requirements.txt': 'greeting\nfarewell\n' };
    const settings = { PIP_INDEX_URL: mirror.urlWith(userInfo), PIP_EXTRA_INDEX_URL: other.urlWith(userInfo) };
    const sandbox = lay('uv', files, { ...settings, S2I_PACKAGE_MANAGER: 'uv' });
    const { log } = await assemble(sandbox);
    expect(log).toContain('+ greeting==1.0');
    expect(log).toContain('+ farewell==2.0');
    expectNoSecret(log, sandbox);
  });

  test('in pip.conf over several lines, with a section that counts more, serve requirements.txt by uv', async () => {
    const sandbox = lay('uv', { 'requirements.txt': 'greeting\nfarewell\n' }, { S2I_PACKAGE_MANAGER: 'uv' });
    const urls = [mirror, other].map((index) => `    ${index.urlWith(userInfo)}`).join('\n');
    const text = `[install]\nextra-index-url =\n${urls}\n\n[global]\n# not this one\nindex-url = ${ELSEWHERE}\nextra-index-url = ${ELSEWHERE}\n`;
    // A variable counts more than the file.
    const environment = { ...mounted(sandbox, text), PIP_INDEX_URL: other.urlWith(userInfo) };
    const { log } = await assemble(sandbox, { environment });
    expect(log).toContain('+ greeting==1.0');
    expectNoSecret(log, sandbox);
  });
});

test('without an index uv takes wheelhouse/, and does not ask the index that pyproject.toml names', async () => {
  const files = lockedFiles('uv', { packages: [greeting], index: ELSEWHERE });
  const sandbox = lay('uv', files, { PIP_NO_INDEX: '1' });
  mkdirSync(join(sandbox.source, 'wheelhouse'));
  writeFileSync(join(sandbox.source, 'wheelhouse', greeting.file), greeting.bytes);
  const { log } = await assemble(sandbox);
  expect(log).toContain('+ greeting==1.0');
});

/** pylock.toml as uv writes it, or as pip does, with addresses where nothing listens. */
function pylock(writer: 'uv' | 'pip', { name, version, file, sha256 }: Distribution): Readonly<Record<string, string>> {
  const url = `${ELSEWHERE}/../files/${file}`;
  const wheels =
    writer === 'uv'
      ? `index = "${ELSEWHERE}"\nwheels = [{ url = "${url}", hashes = { sha256 = "${sha256}" } }]\n`
      : `\n[[packages.wheels]]\nname = "${file}"\nurl = "${url}"\n\n[packages.wheels.hashes]\nsha256 = "${sha256}"\n`;
  const head = `lock-version = "1.0"\ncreated-by = "${writer}"\n`;
  return { 'pylock.toml': `${head}\n[[packages]]\nname = "${name}"\nversion = "${version}"\n${wheels}` };
}

describe('pylock.toml, whose archives cannot be reached', () => {
  test.each(['uv', 'pip'] as const)('written by %s, is served by the mirror of pip.conf', async (writer) => {
    const sandbox = lay('uv', pylock(writer, greeting), {});
    const environment = mounted(sandbox, `[global]\nindex-url = ${mirror.urlWith(userInfo)}\n`);
    const { log } = await assemble(sandbox, { environment });
    expect(log).toContain('+ greeting==1.0');
    expectNoSecret(log, sandbox);
  });

  test('is refused when the mirror has another archive than the locked one', async () => {
    const locked = makeWheel({ name: 'greeting', version: '1.0', files: { 'greeting/__init__.py': 'locked = True\n' } });
    const sandbox = lay('uv', pylock('uv', locked), { PIP_INDEX_URL: mirror.urlWith(userInfo) });
    const { exit, stderr } = await runHook('assemble', sandbox);
    expect(exit).not.toBe(0);
    expect(stderr).toMatch(/ERROR: .*pylock\.toml/);
    expect(stderr).toMatch(/hash mismatch/i);
  });

  test('is served by wheelhouse/ without an index', async () => {
    const sandbox = lay('uv', pylock('uv', greeting), { PIP_NO_INDEX: '1' });
    mkdirSync(join(sandbox.source, 'wheelhouse'));
    writeFileSync(join(sandbox.source, 'wheelhouse', greeting.file), greeting.bytes);
    expect((await assemble(sandbox)).log).toContain('+ greeting==1.0');
  });
});
