import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { olderRequirementsOf, requirementsOf } from '../../bench/installs/wheels.ts';
import { makeWheel } from '../support/packages.ts';

const wheels = ['Our_Words-1.9-py3-none-any.whl', 'Our_Words-1.10-py3-none-any.whl', 'beta-2.0-cp311-cp311-linux_x86_64.whl'];

test('of two versions of a wheel the newer is what is changed to, and the older what is built first', () => {
  expect([...requirementsOf(wheels)]).toEqual([
    ['our-words', '1.10'],
    ['beta', '2.0'],
  ]);
  expect(olderRequirementsOf(wheels).get('our-words')).toBe('1.9');
});

test('the index offers wheels with their hashes, and their metadata apart from them', async () => {
  const wheel = makeWheel({ name: 'our-words', version: '1.0' });
  const origin = await serve(wheel.file, wheel.bytes);
  const page = await (await fetch(`${origin}/simple/our-words/`)).text();
  const [, path = '', apart = ''] =
    /<a href="([^"#]+)#sha256=[0-9a-f]{64}" (data-[a-z-]+)="sha256=[0-9a-f]{64}">/.exec(page) ?? [];
  expect(apart).toBe('data-core-metadata');
  expect(Buffer.from(await (await fetch(origin + path)).arrayBuffer())).toEqual(Buffer.from(wheel.bytes));
  expect(await (await fetch(`${origin}${path}.metadata`)).text()).toContain('Version: 1.0');
  expect((await fetch(`${origin}/simple/other/`)).status).toBe(404);
});

/** Gives its address. */
async function serve(file: string, content: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-index-'));
  writeFileSync(join(folder, file), content);
  const port = await freePort();
  const script = join(import.meta.dirname, '../../bench/index.py');
  const server = spawn('python3', [script, folder, `${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  onTestFinished(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });
  await once(server.stdout, 'data');
  return `http://127.0.0.1:${port}`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
