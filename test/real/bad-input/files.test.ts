import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HookEnd, runHook } from '../../support/hooks.ts';
import { builder, canMount, isRoot } from '../../support/machine.ts';
import { readOnly } from '../../support/mounts.ts';
import { giveTree, type Sandbox, writeSource } from '../../support/sandbox.ts';
import { bareSandbox, expectSoundError, expectUntouched, type Files, failsThenSucceeds, renewBare } from './again.ts';

const APP = { 'app.py': 'print("serving")\n' };

/** Assembles a source that somebody else finishes. */
async function assembleWith(
  finish: (sandbox: Sandbox) => void,
  environment: Files = {},
): Promise<HookEnd & { sandbox: Sandbox }> {
  const sandbox = bareSandbox(environment);
  writeSource(sandbox, APP);
  finish(sandbox);
  giveTree(sandbox.source, builder);
  return { ...(await runHook('assemble', sandbox)), sandbox };
}

describe('manifests that are no files', () => {
  test('a pipe called requirements.txt is passed over, and nothing waits for it', async () => {
    const { exit, log } = await assembleWith(({ source }) => execFileSync('mkfifo', [join(source, 'requirements.txt')]));
    expect(exit, log).toBe(0);
    expect(log).toContain('WARNING: requirements.txt is a pipe, socket or device, not a file.');
  });

  test('pipes under every name that is looked at', async () => {
    const names = ['setup.py', 'setup.cfg', 'pyproject.toml', 'Pipfile', 'Pipfile.lock', '.s2i/environment'];
    const modules = ['main.py', 'asgi.py', 'models.py'];
    const { exit, log } = await assembleWith(({ source }) => {
      mkdirSync(join(source, '.s2i'));
      for (const name of [...names, ...modules]) execFileSync('mkfifo', [join(source, name)]);
    });
    expect(exit, log).toBe(0);
    for (const name of names) expect(log).toContain(`WARNING: ${name} is `);
  });

  test('a link that leads to itself', async () => {
    const { exit, log } = await assembleWith(({ source }) => symlinkSync('requirements.txt', join(source, 'requirements.txt')));
    expect(exit, log).toBe(0);
    expect(log).toContain('WARNING: requirements.txt is a link that leads nowhere');
  });

  test.runIf(canMount)('a pipe in a source that can only be copied: said, and nothing waits', async () => {
    const sandbox = bareSandbox();
    writeSource(sandbox, APP);
    execFileSync('mkfifo', [join(sandbox.source, 'queue')]);
    const end = await runHook('assemble', sandbox, { mounts: readOnly(sandbox.source) });
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain('| queue: ');
    expect(end.stderr).toContain('only files, folders and symbolic links can be part of the source');
  });
});

describe('manifests out of all proportion', () => {
  test('a requirements.txt of 100 MB is refused without being read', async () => {
    const { sandbox, ...end } = await assembleWith(({ source }) => {
      writeFileSync(join(source, 'requirements.txt'), 'flask\n');
      truncateSync(join(source, 'requirements.txt'), 100 * 1024 * 1024);
    });
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain('requirements.txt has 104857600 bytes');
    expectUntouched(sandbox, APP);
  });

  test.each([
    ['pyproject.toml', `[project]\nname = "demo"\ndeep = ${'['.repeat(200_000)}`, {}],
    ['pyproject.toml', `[project]\nname = "demo"\ndeep = ${'{a='.repeat(200_000)}`, {}],
    ['Pipfile', `deep = ${'['.repeat(200_000)}`, { ENABLE_PIPENV: '1' }],
    ['Pipfile.lock', '['.repeat(2_000_000), { ENABLE_PIPENV: '1' }],
    ['Pipfile.lock', '{"a":'.repeat(500_000), { ENABLE_MICROPIPENV: '1' }],
  ])('%s nested very deep', async (name, text, environment) => {
    const { sandbox, ...end } = await assembleWith(({ source }) => {
      writeFileSync(join(source, 'Pipfile'), '');
      writeFileSync(join(source, name), text);
    }, environment);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain(`${name} is nested deeper than 64 levels`);
    expectUntouched(sandbox, APP);
  });

  test('a thousand files that include each other in a row', async () => {
    const { exit, log } = await assembleWith(
      ({ source }) => {
        writeFileSync(join(source, 'requirements.txt'), '-r 0.txt\n');
        for (let n = 0; n < 1000; n++) writeFileSync(join(source, `${n}.txt`), `-r ${n + 1}.txt\n`);
        writeFileSync(join(source, '1000.txt'), '');
      },
      // pip would read all of them; what is shown here is that the hook does not mind.
      { ENABLE_PIPENV: '1', ENABLE_MICROPIPENV: '1' },
    );
    expect(exit, log).toBe(3);
  });
});

describe.runIf(isRoot)('what UID 1001 may not read or write', () => {
  test.each(['requirements.txt', 'pyproject.toml', 'setup.cfg'])('%s of somebody else', async (name) => {
    const sandbox = bareSandbox({ DISABLE_COLLECTSTATIC: '1' });
    const files = { ...APP, [name]: name === 'requirements.txt' ? '' : '[tool.demo]\n' };
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      // An empty requirements.txt would need pip, which a bare environment lacks.
      files: name === 'requirements.txt' ? { ...APP, 'setup.cfg': '[flake8]\n' } : files,
      renew: renewBare,
      harm: () => {
        if (name === 'requirements.txt') writeFileSync(join(sandbox.source, name), 'flask\n');
        chownSync(join(sandbox.source, name), 0, 0);
        chmodSync(join(sandbox.source, name), 0o600);
      },
      mend: () => {
        if (name === 'requirements.txt') rmSync(join(sandbox.source, name));
        else {
          giveTree(sandbox.source, builder);
          chmodSync(join(sandbox.source, name), 0o644);
        }
      },
    });
    expect(exit).toBe(1);
    expect(stderr).toContain(`${name} cannot be read: permission denied (EACCES)`);
    expect(stderr).toContain('the build runs as UID 1001, group 0');
  });

  test('a manifest without any permission', async () => {
    const { sandbox, ...end } = await assembleWith(({ source }) => {
      writeFileSync(join(source, 'pyproject.toml'), '[project]\n');
      chmodSync(join(source, 'pyproject.toml'), 0);
    });
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain('pyproject.toml cannot be read: permission denied (EACCES)');
    expectUntouched(sandbox, APP);
  });

  test('a CA bundle: nothing is touched, and uid=1001 is named', async () => {
    const sandbox = bareSandbox();
    const path = join(sandbox.folder, 'ca.crt');
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files: APP,
      renew: renewBare,
      options: { environment: { S2I_CA_BUNDLE: path } },
      harm: () => chmodSync(path, 0o600),
      mend: () => chmodSync(path, 0o644),
      prepare: () => writeFileSync(path, certificate),
    });
    expect(exit).toBe(1);
    expect(stderr).toContain(`The CA bundle ${path} cannot be read: permission denied (EACCES)`);
    expect(stderr).toContain(`RUN --mount=type=secret,id=ca.crt,target=${path},uid=1001,gid=0 /usr/libexec/s2i/assemble`);
  });

  test('a source that may not be looked into', async () => {
    const sandbox = bareSandbox();
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files: APP,
      renew: renewBare,
      harm: () => {
        giveTree(sandbox.source, { uid: 0, gid: 0 });
        chmodSync(sandbox.source, 0o700);
      },
      mend: () => {
        giveTree(sandbox.source, builder);
        chmodSync(sandbox.source, 0o755);
      },
    });
    expect(exit).toBe(1);
    expect(stderr).toContain(`The source in ${sandbox.source} cannot be read: permission denied.`);
  });

  test("the application's folder of somebody else", async () => {
    const sandbox = bareSandbox();
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files: { ...APP, 'static/site.css': 'body {}\n' },
      renew: renewBare,
      harm: () => {
        chownSync(sandbox.home, 0, 0);
        chmodSync(sandbox.home, 0o755);
      },
      mend: () => {
        chownSync(sandbox.home, builder.uid, builder.gid);
        chmodSync(sandbox.home, 0o775);
      },
    });
    expect(exit).toBe(1);
    expect(stderr).toContain('The application source was not installed: permission denied.');
    expect(stderr).toContain('the hooks need UID 1001 or any other with group 0');
  });

  test.runIf(canMount)('a file of the source that can only be copied', async () => {
    const sandbox = bareSandbox();
    const secret = join(sandbox.source, 'b/secret.txt');
    const { exit, stderr } = await failsThenSucceeds(sandbox, {
      files: { ...APP, 'a/first.txt': '1', 'b/secret.txt': '2', 'c/last.txt': '3' },
      renew: renewBare,
      options: { mounts: readOnly(sandbox.source) },
      harm: () => {
        chownSync(secret, 0, 0);
        chmodSync(secret, 0o600);
      },
      mend: () => {
        chownSync(secret, builder.uid, builder.gid);
        chmodSync(secret, 0o644);
      },
    });
    expect(exit).toBe(1);
    expect(stderr).toContain('| b/secret.txt: permission denied (EACCES)');
  });

  test.runIf(canMount)('[B15] a source that is mounted read-only is copied', async () => {
    const sandbox = bareSandbox();
    writeSource(sandbox, APP);
    const { exit, log } = await runHook('assemble', sandbox, { mounts: readOnly(sandbox.source) });
    expect(exit, log).toBe(0);
    expect(existsSync(join(sandbox.home, 'app.py'))).toBe(true);
    expect(existsSync(join(sandbox.source, 'app.py'))).toBe(true);
  });

  test.runIf(canMount)('an application root that is mounted read-only', async () => {
    const sandbox = bareSandbox();
    writeSource(sandbox, APP);
    const end = await runHook('assemble', sandbox, { mounts: readOnly(sandbox.appRoot) });
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain('read-only file system (EROFS)');
    expectUntouched(sandbox, APP);
  });
});

describe('names and links of the source', () => {
  test('[B15] names that are no UTF-8 are kept', async () => {
    const name = Buffer.from('caf\xe9\n.txt', 'latin1');
    const { exit, log, sandbox } = await assembleWith(({ source }) =>
      writeFileSync(Buffer.concat([Buffer.from(`${source}/`), name]), 'x'),
    );
    expect(exit, log).toBe(0);
    expect(existsSync(Buffer.concat([Buffer.from(`${sandbox.home}/`), name]))).toBe(true);
  });

  test('links that lead out of the source are kept as links, and what they lead to is left alone', async () => {
    const { exit, log, sandbox } = await assembleWith((made) => {
      const outside = join(made.folder, 'outside');
      mkdirSync(outside);
      writeFileSync(join(outside, 'secret'), 'x');
      chmodSync(join(outside, 'secret'), 0o600);
      chmodSync(outside, 0o700);
      symlinkSync(outside, join(made.source, 'folder'));
      symlinkSync(join(outside, 'secret'), join(made.source, 'file'));
      symlinkSync('/etc/passwd', join(made.source, 'passwd'));
      symlinkSync('nowhere', join(made.source, 'nothing'));
      symlinkSync('.', join(made.source, 'itself'));
    });
    expect(exit, log).toBe(0);
    for (const name of ['folder', 'file', 'passwd', 'nothing', 'itself']) {
      expect(lstatSync(join(sandbox.home, name)).isSymbolicLink(), name).toBe(true);
    }
    expect(lstatSync(join(sandbox.folder, 'outside/secret')).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(sandbox.folder, 'outside')).mode & 0o777).toBe(0o700);
    expect(lstatSync('/etc/passwd').mode & 0o777).toBe(0o644);
  });

  test('a link where the record of the build belongs is not written through', async () => {
    const { exit, log, sandbox } = await assembleWith((made) => {
      writeFileSync(join(made.folder, 'victim'), 'unharmed\n');
      mkdirSync(join(made.appRoot, 'etc/s2i'), { recursive: true });
      symlinkSync(join(made.folder, 'victim'), join(made.appRoot, 'etc/s2i/environment.json'));
      giveTree(made.appRoot, builder);
    });
    expect(exit, log).toBe(0);
    expect(lstatSync(join(sandbox.appRoot, 'etc/s2i/environment.json')).isFile()).toBe(true);
    expect(execFileSync('cat', [join(sandbox.folder, 'victim')], { encoding: 'utf8' })).toBe('unharmed\n');
  });
});
