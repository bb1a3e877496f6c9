import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TreeOutcome } from '../../src/execute/effect.ts';
import { fixPermissions } from '../../src/execute/fix-permissions.ts';
import { perform, performAs } from '../support/perform.ts';
import { performScripted, toEvery } from '../support/scripted-host.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { makeTree } from '../support/tree.ts';

async function normalise(path: string): Promise<TreeOutcome> {
  return (await perform({ kind: 'normalise-tree', path })) as TreeOutcome;
}

function normaliseAs(uid: number, gid: number, path: string): TreeOutcome {
  return performAs({ uid, gid }, { kind: 'normalise-tree', path }) as TreeOutcome;
}

function state(path: string | Buffer): string {
  const { mode, uid, gid } = lstatSync(path);
  return `${(mode & 0o7777).toString(8).padStart(3, '0')} ${uid}:${gid}`;
}

const modes = [
  ['600', '660'],
  ['644', '664'],
  ['755', '775'],
  ['700', '770'],
  ['400', '460'],
  ['444', '464'],
  ['000', '060'],
  ['001', '061'],
  ['4755', '4775'],
] as const;

describe('giving a tree to group 0', () => {
  it.each(modes)('makes a file of mode %s one of %s [B76]', async (before, after) => {
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, '');
    chmodSync(path, Number.parseInt(before, 8));
    expect((await normalise(path)).problems).toEqual([]);
    expect(state(path)).toBe(`${after} 0:0`);
  });

  it.each([
    ['700', '770'],
    ['755', '775'],
    ['000', '070'],
    ['2700', '2770'],
  ])('makes a directory of mode %s one of %s [B76]', async (before, after) => {
    const path = join(temporaryDirectory(), 'directory');
    mkdirSync(path);
    chmodSync(path, Number.parseInt(before, 8));
    await normalise(path);
    expect(state(path)).toBe(`${after} 0:0`);
  });

  it('gives the group to everything, whatever its name, and leaves the owner alone [B75]', async () => {
    const root = temporaryDirectory();
    makeTree(root, { 'a b': '', 'caf\xe9': null, 'caf\xe9/\xff': '', '\xc3\xbc': null, '\xc3\xbc/x\n': '' });
    execFileSync('chown', ['-R', '12345:777', root]);
    const outcome = await normalise(root);
    expect(outcome).toMatchObject({ seen: 6, changed: 6, skipped: 0, problems: [] });
    expect(state(Buffer.from(`${root}/caf\xe9/\xff`, 'latin1'))).toBe('664 12345:0');
    expect(state(join(root, 'ü', 'x\n'))).toBe('664 12345:0');
    expect(await normalise(root)).toMatchObject({ seen: 6, changed: 0 });
  });

  it('loses set-id bits with the group, as the kernel wants it, and never brings them back [B75]', async () => {
    const path = join(temporaryDirectory(), 'tool');
    writeFileSync(path, '');
    chownSync(path, 12345, 777);
    chmodSync(path, 0o6711);
    await normalise(path);
    expect(state(path)).toBe('771 12345:0');
  });

  it('gives links the group and touches nothing they lead to [B78] [B79]', async () => {
    const root = temporaryDirectory();
    const outside = join(root, 'outside');
    const tree = join(root, 'tree');
    makeTree(outside, { secret: '', sub: null, 'sub/x': '' });
    mkdirSync(tree);
    execFileSync('chown', ['-R', '0:777', outside]);
    execFileSync('chmod', ['-R', 'go-rwx', outside]);
    const links = { file: '../outside/secret', directory: '../outside/sub', dangling: '/nowhere', loop: 'loop', up: '..' };
    for (const [name, target] of Object.entries(links)) {
      symlinkSync(target, join(tree, name));
      lchownSync(join(tree, name), 0, 777);
    }
    expect(await normalise(tree)).toMatchObject({ seen: 6, changed: 6, problems: [] });
    expect(Object.keys(links).map((name) => lstatSync(join(tree, name)).gid)).toEqual([0, 0, 0, 0, 0]);
    expect([state(join(outside, 'secret')), state(join(outside, 'sub')), state(join(outside, 'sub/x'))]).toEqual([
      '600 0:777',
      '700 0:777',
      '600 0:777',
    ]);
  });

  it('follows the argument itself when it is a link [B78]', async () => {
    const root = temporaryDirectory();
    makeTree(root, { real: null, 'real/x': '', link: { link: 'real' } });
    chmodSync(join(root, 'real/x'), 0o600);
    expect((await normalise(join(root, 'link'))).seen).toBe(2);
    expect(state(join(root, 'real/x'))).toBe('660 0:0');
  });

  it('comes back to where it was, also from deep directories', async () => {
    const root = temporaryDirectory();
    const before = process.cwd();
    const name = 'd'.repeat(200);
    const script = `process.chdir(process.argv[1]); for (let i = 0; i < 40; i++) { fs.mkdirSync('${name}'); process.chdir('${name}'); }
      fs.writeFileSync('file', '', { mode: 0o600 })`;
    execFileSync(process.execPath, ['-e', script, root]);
    expect(await normalise(root)).toMatchObject({ seen: 42, problems: [] });
    expect(process.cwd()).toBe(before);
    expect(execFileSync('find', [root, '-type', 'f', '-perm', '660'], { encoding: 'utf8' })).not.toBe('');
  });

  it('opens no FIFO', async () => {
    const root = temporaryDirectory();
    execFileSync('mkfifo', ['-m', '600', join(root, 'pipe')]);
    expect((await normalise(root)).problems).toEqual([]);
    expect(state(join(root, 'pipe'))).toBe('660 0:0');
  });

  it('changes only what belongs to the user when that is not root [B77]', () => {
    const root = temporaryDirectory();
    makeTree(root, { mine: '', theirs: '', fine: '' });
    chownSync(root, 12345, 0);
    for (const name of ['mine', 'theirs', 'fine']) chmodSync(join(root, name), name === 'fine' ? 0o660 : 0o600);
    chownSync(join(root, 'mine'), 12345, 0);
    expect(normaliseAs(12345, 0, root)).toMatchObject({ seen: 4, changed: 2, skipped: 1, problems: [] });
    expect([state(join(root, 'mine')), state(join(root, 'theirs'))]).toEqual(['660 12345:0', '600 0:0']);
  });

  it('still gives modes to a user who may not give the group, with one remark for all [B80]', () => {
    const root = temporaryDirectory();
    makeTree(root, { a: '', b: '' });
    execFileSync('chmod', ['600', join(root, 'a'), join(root, 'b')]);
    execFileSync('chown', ['-R', '12345:12345', root]);
    const outcome = normaliseAs(12345, 12345, root);
    expect(outcome).toMatchObject({ seen: 3, skipped: 3, problems: [{ name: root, reason: 'denied', detail: 'EPERM' }] });
    expect([state(join(root, 'a')), state(join(root, 'b'))]).toEqual(['660 12345:12345', '660 12345:12345']);
  });

  it('passes over a directory its owner may not read', () => {
    const root = temporaryDirectory();
    makeTree(root, { closed: null, 'closed/x': '', half: null, 'half/y': '', z: '' });
    execFileSync('chmod', ['600', join(root, 'z')]);
    chmodSync(join(root, 'closed'), 0);
    chmodSync(join(root, 'half'), 0o100);
    execFileSync('chown', ['-R', '12345:0', root]);
    const outcome = normaliseAs(12345, 0, root);
    expect(outcome.problems).toEqual([{ name: join(root, 'closed'), reason: 'denied', detail: 'EACCES' }]);
    expect([state(join(root, 'closed')), state(join(root, 'half')), state(join(root, 'z'))]).toEqual([
      '070 12345:0',
      '170 12345:0',
      '660 12345:0',
    ]);
  });

  it('does the same as four passes of find on a tree of all modes [B75] [B77]', async () => {
    const root = temporaryDirectory();
    for (const tree of ['ours', 'find']) {
      mkdirSync(join(root, tree));
      for (let mode = 0; mode < 0o1000; mode += 3) {
        const path = join(root, tree, `f${mode.toString(8)}`);
        writeFileSync(path, '');
        chownSync(path, mode % 2 === 0 ? 0 : 12345, mode % 5 === 0 ? 0 : 777);
        chmodSync(path, mode);
      }
    }
    await normalise(join(root, 'ours'));
    const passes = `find . ! -gid 0 -exec chgrp -h 0 {} +; find . ! -perm -g+rw -exec chmod g+rw {} +
      find . -perm /u+x ! -perm /g+x -exec chmod g+x {} +; find . -type d ! -perm /g+x -exec chmod g+x {} +`;
    execFileSync('sh', ['-c', passes], { cwd: join(root, 'find') });
    const listing = (tree: string): string =>
      execFileSync('find', ['.', '-printf', '%p %m %U %G\\n'], { cwd: join(root, tree), encoding: 'utf8' });
    expect(listing('ours').split('\n').sort()).toEqual(listing('find').split('\n').sort());
  });
});

describe('fix-permissions', () => {
  it.each([[[]], [['']], [['/nowhere', '-P']]])(
    'says so when there is nothing at its path, and ends with 0 (%j) [B74]',
    async (given) => {
      const missing = { kind: 'tree', seen: 0, changed: 0, removed: 0, copied: 0, skipped: 0, kept: [] } as const;
      const problems = [{ name: given[0] ?? '', reason: 'not-found', detail: 'ENOENT' }] as const;
      const { result, printed } = performScripted(fixPermissions(given), [toEvery('normalise-tree', { ...missing, problems })]);
      expect(result).toEqual({ code: 0 });
      expect(printed).toEqual([`ERROR: File or directory ${given[0] ?? ''} does not exist.`]);
    },
  );

  it('ends with 0 whatever happens, with one remark [B80]', async () => {
    const root = temporaryDirectory();
    makeTree(root, { a: '', b: '' });
    execFileSync('chown', ['-R', '12345:12345', root]);
    const outcome = normaliseAs(12345, 12345, root);
    const { result, printed } = performScripted(fixPermissions([root]), [toEvery('normalise-tree', outcome)]);
    expect(result).toEqual({ code: 0 });
    expect(printed).toEqual([
      `WARNING: ${root} and perhaps more could not be given to group 0 (EPERM): only root, or a user in that group, can.`,
    ]);
  });

  it('finds nothing behind a dangling link', async () => {
    const root = temporaryDirectory();
    symlinkSync('/nowhere', join(root, 'link'));
    expect((await normalise(join(root, 'link'))).problems).toEqual([
      { name: join(root, 'link'), reason: 'not-found', detail: 'ENOENT' },
    ]);
  });
});
