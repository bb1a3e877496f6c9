import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assemble, runHook } from '../support/hooks.ts';
import { builder } from '../support/machine.ts';
import { createSandbox, giveTree, type Sandbox, writeSource } from '../support/sandbox.ts';

function newSandbox(): Sandbox {
  const sandbox = createSandbox({ environment: { PIP_NO_INDEX: '1' } });
  onTestFinished(sandbox.remove);
  return sandbox;
}

function sitePackages({ appRoot }: Sandbox): string {
  const python = readdirSync(join(appRoot, 'lib')).find((name) => name.startsWith('python3.'));
  return join(appRoot, 'lib', python ?? '', 'site-packages');
}

describe('a tree that moves', () => {
  test('assemble lists the shared libraries that compiled packages need, and their Debian packages', async () => {
    const sandbox = newSandbox();
    const folder = mkdtempSync(join(tmpdir(), 's2i-libraries-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // Every Debian has it, and no flavour promises it.
    const system = readdirSync('/usr/lib/x86_64-linux-gnu').find((name) => /^libapt-pkg\.so\.\d+\.\d+$/.test(name)) ?? '';
    writeFileSync(join(folder, 'f.c'), 'int f(void) { return 1; }\n');
    const compile = (...words: readonly string[]) => execFileSync('gcc', ['-shared', '-fPIC', 'f.c', ...words], { cwd: folder });
    compile('-Wl,-soname,libmade-up.so.9', '-o', 'libmade-up.so.9');
    const site = sitePackages(sandbox);
    mkdirSync(join(site, 'odd'));
    mkdirSync(join(site, 'odd-1.0.dist-info'));
    compile('-o', join(site, 'odd/_odd.so'), '-Wl,--no-as-needed', './libmade-up.so.9', `-l:${system}`, '-l:libz.so.1');
    writeFileSync(join(site, 'odd-1.0.dist-info/METADATA'), 'Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n');
    writeFileSync(join(site, 'odd-1.0.dist-info/WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: false\n');
    writeFileSync(join(site, 'odd-1.0.dist-info/RECORD'), '');
    giveTree(sandbox.appRoot, builder);
    writeSource(sandbox, { 'app.py': 'print("started")\n' });
    const { log } = await assemble(sandbox);
    expect(log).toContain('odd/_odd.so needs the shared library libmade-up.so.9, which is not in this image');
    expect(log).toMatch(new RegExp(`^ {2}${system.replaceAll('.', '\\.')} of libapt-pkg[\\w.]+, for odd/_odd\\.so$`, 'm'));
    expect(log).not.toContain('libz.so.1');

    const { log: started } = await runHook('run', sandbox);
    expect(started).toContain('odd/_odd.so needs the shared library libmade-up.so.9, which this image does not have');
    expect(started).not.toContain('libapt-pkg');
    expect(started).toContain('started');
  });

  test('an interpreter that is gone is explained, instead of a program that cannot be found', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': 'print("started")\n' });
    await assemble(sandbox);
    const built = /"python": "([\d.]+)"/.exec(readFileSync(join(sandbox.appRoot, 'etc/s2i/environment.json'), 'utf8'))?.[1];
    for (const name of ['python', 'python3', `python${built}`]) unlinkSync(join(sandbox.appRoot, 'bin', name));
    symlinkSync('python3', join(sandbox.appRoot, 'bin/python'));
    symlinkSync('/nowhere/python3', join(sandbox.appRoot, 'bin/python3'));
    writeFileSync(join(sandbox.appRoot, 'bin/gunicorn'), `#!${sandbox.appRoot}/bin/python\n`);
    chmodSync(join(sandbox.appRoot, 'bin/gunicorn'), 0o755);
    const { exit, stderr } = await runHook('run', sandbox, { environment: { APP_FILE: 'app.py' } });
    expect(exit).toBe(127);
    expect(stderr).toContain(`ERROR: The application was built for Python ${built}, and this image has`);
  });
});
