import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { assemble, type HookEnd, runHook, startHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder } from '../support/machine.ts';
import { makeWheel } from '../support/packages.ts';
import { createSandbox, giveTree, type Sandbox, writeSource } from '../support/sandbox.ts';
import { filesWith } from '../support/search.ts';
import { ask, end, stop } from '../support/server.ts';

// Every character here is one that a URL, a shell, a configuration file or a pattern could trip over.
const user = 'build@company';
const password = 'p@ss/w:rd%+$&^';
const encoded = encodeURIComponent(password);
const userInfo = `${encodeURIComponent(user)}:${encoded}`;

const project = {
  'requirements.txt': 'greeting-words==1.0.3\n',
  'app.py': `import os
from http.server import BaseHTTPRequestHandler, HTTPServer

import greeting_words


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"words {greeting_words.__version__}\\n".encode())


HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
`,
};

let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })], { credentials: { user, password } });
});
afterAll(() => index.close());

function sandboxWith(environment: Readonly<Record<string, string>>): Sandbox {
  const sandbox = createSandbox({ environment: { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0', ...environment } });
  onTestFinished(sandbox.remove);
  writeSource(sandbox, project);
  return sandbox;
}

/** A file of the build's user beside the image's tree, where a secret would be mounted. */
function mountedSecret(sandbox: Sandbox, name: string, text: string): string {
  const folder = join(sandbox.folder, 'run/secrets');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o400 });
  giveTree(join(sandbox.folder, 'run'), builder);
  return path;
}

function expectNoSecret({ log }: HookEnd, sandbox: Sandbox): void {
  for (const text of [password, encoded, userInfo]) expect(log).not.toContain(text);
  expect(filesWith(sandbox.appRoot, [password, encoded])).toEqual([]);
}

async function expectServed(sandbox: Sandbox): Promise<void> {
  const port = await findFreePort();
  const server = startHook('run', sandbox, { environment: { PORT: String(port) } });
  onTestFinished(() => end(server));
  expect(await ask(server, port, '/')).toMatchObject({ status: 200, body: 'words 1.0.3\n' });
  await stop(server, 'SIGTERM', 10);
  for (const text of [password, encoded]) expect(server.log()).not.toContain(text);
}

describe('an index with a password', () => {
  test('[B25] in PIP_INDEX_URL is used; the password is neither shown nor written; one warning names the mount', async () => {
    const sandbox = sandboxWith({ PIP_INDEX_URL: index.urlWith(userInfo) });
    const build = await assemble(sandbox);
    expect(build.log).toContain('Successfully installed greeting-words-1.0.3');
    const warnings = build.log.split('\n').filter((line) => line.startsWith('WARNING: '));
    expect(warnings).toEqual([expect.stringMatching(/^WARNING: PIP_INDEX_URL .*--mount=type=secret/)]);
    expectNoSecret(build, sandbox);
    await expectServed(sandbox);
  });

  test('[B25] in PIP_EXTRA_INDEX_URL and in a log of JSON is hidden too', async () => {
    const environment = { PIP_INDEX_URL: index.urlWith(userInfo), PIP_EXTRA_INDEX_URL: index.urlWith(userInfo) };
    const sandbox = sandboxWith({ ...environment, S2I_LOG_FORMAT: 'json', PIP_VERBOSE: '2' });
    const build = await assemble(sandbox);
    expect(build.log).toContain('PIP_EXTRA_INDEX_URL');
    expectNoSecret(build, sandbox);
  });

  test('in a mounted pip.conf is used without a warning', async () => {
    const sandbox = sandboxWith({});
    const text = `[global]\nindex-url = ${index.urlWith(userInfo)}\n`;
    const build = await assemble(sandbox, { environment: { PIP_CONFIG_FILE: mountedSecret(sandbox, 'pip.conf', text) } });
    expect(build.log).toContain('Successfully installed greeting-words-1.0.3');
    expect(build.log).not.toContain('WARNING');
    expectNoSecret(build, sandbox);
    await expectServed(sandbox);
  });

  test('in a mounted netrc is used without a warning', async () => {
    const sandbox = sandboxWith({ PIP_INDEX_URL: index.url });
    const netrc = mountedSecret(sandbox, 'netrc', `machine 127.0.0.1 login ${user} password ${password}\n`);
    const build = await assemble(sandbox, { environment: { NETRC: netrc } });
    expect(build.log).toContain('Successfully installed greeting-words-1.0.3');
    expect(build.log).not.toContain('WARNING');
    expectNoSecret(build, sandbox);
  });

  test('that is wrong fails the build, names where to look, and is not shown either', async () => {
    const wrong = 'wr0ng-p@ss';
    const sandbox = sandboxWith({ PIP_INDEX_URL: index.urlWith(`build:${encodeURIComponent(wrong)}`), PIP_NO_INPUT: '1' });
    const { exit, log, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(1);
    expect(stderr).toContain('ERROR: The dependencies were not installed: exit status 1.');
    expect(stderr).toContain('(PIP_INDEX_URL, pip.conf) has it and lets this build log in');
    for (const text of [wrong, encodeURIComponent(wrong)]) expect(log).not.toContain(text);
    expect(filesWith(sandbox.appRoot, [wrong, encodeURIComponent(wrong)])).toEqual([]);
  });

  test('[B25] an empty PIP_INDEX_URL counts as none', async () => {
    const sandbox = sandboxWith({ PIP_INDEX_URL: '' });
    const text = `[global]\nindex-url = ${index.urlWith(userInfo)}\n`;
    const build = await assemble(sandbox, { environment: { PIP_CONFIG_FILE: mountedSecret(sandbox, 'pip.conf', text) } });
    expect(build.log).toContain('Successfully installed greeting-words-1.0.3');
  });
});
