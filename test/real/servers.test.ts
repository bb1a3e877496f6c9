import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { assemble, type StartedHook, startHook } from '../support/hooks.ts';
import { anyUser, isRoot, type User } from '../support/machine.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { ask, end, stop } from '../support/server.ts';

/** What an application sees of itself and of its request. */
const page = `import getpass
import json
import os
import pwd

import shared


def application(environ, start_response):
    seen = {
        "scheme": environ["wsgi.url_scheme"],
        "client": environ["REMOTE_ADDR"],
        "directory": os.getcwd(),
        "shared": shared.NAME,
        "uid": os.getuid(),
        "login": getpass.getuser(),
        "variables": {name: os.environ.get(name) for name in ("PORT", "USER", "VIRTUAL_ENV", "PYTHONPATH")},
    }
    try:
        entry = pwd.getpwuid(os.getuid())
        seen["passwd"] = [entry.pw_name, entry.pw_dir]
    except KeyError:
        seen["passwd"] = None
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen).encode()]
`;

interface Seen {
  readonly scheme: string;
  readonly client: string;
  readonly directory: string;
  readonly shared: string;
  readonly uid: number;
  readonly login: string;
  readonly variables: Readonly<Record<string, string | null>>;
  readonly passwd: readonly string[] | null;
}

const servers = ['gunicorn', 'mod_wsgi'] as const;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = createSandbox();
  writeSource(sandbox, {
    'project/wsgi.py': page,
    'shared.py': 'NAME = "from the parent folder"\n',
    'requirements.txt': 'gunicorn\nmod_wsgi\n',
  });
  await assemble(sandbox, { environment: inject('image').pip });
});
afterAll(() => sandbox?.remove());

describe.each(servers)('%s', (server) => {
  test('[B43] [B11] imports from the parent of APP_HOME, as any user', async () => {
    const { seen } = await see(server, {});
    expect(seen).toMatchObject({
      directory: `${sandbox.home}/project`,
      shared: 'from the parent folder',
      uid: anyUser.uid,
      variables: { VIRTUAL_ENV: sandbox.appRoot, PYTHONPATH: sandbox.home },
    });
  });

  test.runIf(isRoot)('[B68] [B69] a user without a name is called default, and its home is HOME', async () => {
    const { seen, port } = await see(server, {});
    expect(seen).toMatchObject({ login: 'default', passwd: ['default', sandbox.home] });
    expect(seen.variables).toMatchObject({ USER: 'default', PORT: String(port) });
  });

  // The request comes from 127.0.0.1 and says that it came by https from 203.0.113.9.
  test.each([
    [undefined, 'https'],
    ['', 'http'],
    ['*', 'https'],
    ['10.0.0.1', 'http'],
    ['10.0.0.1,127.0.0.1', 'https'],
    ['127.0.0.0/8', 'https'],
  ])('FORWARDED_ALLOW_IPS=%s: the scheme is %s', async (value, scheme) => {
    const { seen } = await see(server, { FORWARDED_ALLOW_IPS: value });
    expect(seen).toMatchObject({ scheme, client: '127.0.0.1' });
  });
});

describe.runIf(isRoot)('root', () => {
  test('[B67] is served by mod_wsgi as nobody', async () => {
    const { seen } = await see('mod_wsgi', {}, { uid: 0, gid: 0 });
    expect(seen.uid).not.toBe(0);
    expect(seen.login).not.toBe('default');
  });

  test('[B67] keeps its name under gunicorn', async () => {
    const { seen } = await see('gunicorn', {}, { uid: 0, gid: 0 });
    expect(seen).toMatchObject({ uid: 0, login: 'root', passwd: ['root', '/root'] });
  });
});

async function see(
  server: (typeof servers)[number],
  environment: Readonly<Record<string, string | undefined>>,
  user: User = anyUser,
): Promise<{ readonly seen: Seen; readonly port: number; readonly server: StartedHook }> {
  const port = await findFreePort();
  const variables = {
    APP_HOME: 'project',
    APP_SERVER: server,
    PORT: String(port),
    WEB_CONCURRENCY: '1',
    TMPDIR: sandbox.destination,
    ...environment,
  };
  const started = startHook('run', sandbox, { environment: variables, user });
  onTestFinished(() => end(started));
  await ask(started, port, '/');
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' };
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}\n${started.log()}`);
  const seen = JSON.parse(text) as Seen;
  expect(await stop(started, 'SIGTERM', 30), started.log()).toBe(0);
  return { seen, port, server: started };
}
