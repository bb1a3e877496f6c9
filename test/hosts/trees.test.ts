import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/execute/effect.ts';
import { perform, performAs, performAside } from '../support/perform.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { makeTree, readTree } from '../support/tree.ts';

describe('removing a tree', () => {
  it('removes everything and follows no link', async () => {
    const root = temporaryDirectory();
    makeTree(root, {
      keep: null,
      'keep/x': '',
      tree: null,
      'tree/\xff': '',
      'tree/d': null,
      'tree/d/e': '',
      'tree/l': { link: '../keep' },
    });
    expect(await perform({ kind: 'remove-tree', path: join(root, 'tree') })).toMatchObject({ removed: 5, problems: [] });
    expect(readTree(root)).toEqual({ keep: null, 'keep/x': '' });
  });

  it('removes only the link when its argument is one, and needs nothing to be there', async () => {
    const root = temporaryDirectory();
    makeTree(root, { keep: null, 'keep/x': '', l: { link: 'keep' } });
    await perform({ kind: 'remove-tree', path: join(root, 'l') });
    expect(readTree(root)).toEqual({ keep: null, 'keep/x': '' });
    expect(await perform({ kind: 'remove-tree', path: join(root, 'l') })).toMatchObject({ removed: 0, problems: [] });
  });

  it('opens directories of its user, and names what belongs to another', () => {
    const root = temporaryDirectory();
    makeTree(root, { mine: null, 'mine/x': '', 'mine/r': null, 'mine/r/y': '', theirs: null, 'theirs/y': '' });
    execFileSync('chown', ['-R', '12345:0', join(root, 'mine')]);
    chmodSync(root, 0o777);
    chmodSync(join(root, 'mine/r'), 0o400);
    chmodSync(join(root, 'mine'), 0);
    expect(performAs({ uid: 12345, gid: 0 }, { kind: 'remove-tree', path: join(root, 'mine') })).toMatchObject({
      removed: 4,
      problems: [],
    });
    const outcome = performAs({ uid: 12345, gid: 0 }, { kind: 'remove-tree', path: join(root, 'theirs') });
    expect(outcome).toMatchObject({
      problems: [
        { name: join(root, 'theirs/y'), reason: 'denied' },
        { name: join(root, 'theirs'), reason: 'in-the-way' },
      ],
    });
  });
});

describe('a directory that may not be removed', () => {
  it('is emptied all the same', () => {
    const root = temporaryDirectory();
    makeTree(root, { mine: null, 'mine/x': '' });
    execFileSync('chown', ['-R', '12345:0', join(root, 'mine')]);
    chmodSync(root, 0o755);
    expect(performAs({ uid: 12345, gid: 0 }, { kind: 'remove-tree', path: join(root, 'mine') })).toMatchObject({
      removed: 1,
      problems: [{ name: join(root, 'mine'), reason: 'denied' }],
    });
    expect(readTree(root)).toEqual({ mine: null });
  });
});

describe('scanning a tree', () => {
  it('finds bytes in files, also where one read ends and the next begins', async () => {
    const root = temporaryDirectory();
    const mega = 1024 * 1024;
    makeTree(root, {
      a: 'has s3cret',
      clean: 'nothing',
      d: null,
      'd/caf\xe9': 'x s3cret',
      empty: '',
      s3cret: 'a name is no content',
    });
    writeFileSync(join(root, 'border'), `${'x'.repeat(mega - 3)}s3cret${'y'.repeat(mega)}`);
    writeFileSync(join(root, 'end'), `${'x'.repeat(2 * mega)}s3cret`);
    writeFileSync(join(root, 'almost'), `${'x'.repeat(mega - 3)}s3c_ret`);
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const outcome = await perform({ kind: 'scan-tree', root, needles: ['s3cret', 'pässword', ''] });
    expect(outcome).toEqual({ kind: 'scanned', seen: 8, hits: ['a', 'border', 'd/caf\\xe9', 'end'] });
  });

  it('does not follow links, not even out of nothing', async () => {
    const root = temporaryDirectory();
    makeTree(root, { outside: 's3cret', tree: null, 'tree/l': { link: '../outside' }, 'tree/up': { link: '..' } });
    expect(await perform({ kind: 'scan-tree', root: join(root, 'tree'), needles: ['s3cret'] })).toEqual({
      kind: 'scanned',
      seen: 0,
      hits: [],
    });
    expect(await perform({ kind: 'scan-tree', root: join(root, 'nothing'), needles: ['x'] })).toEqual({
      kind: 'scanned',
      seen: 0,
      hits: [],
    });
  });
});

describe('archiving a tree', () => {
  function archive(root: string, exclude: readonly string[] = []) {
    const effects: readonly Effect[] = [
      { kind: 'say', level: 'step', text: 'Saving' },
      { kind: 'archive-tree', root, exclude },
    ];
    const { stdout, stderr, outcomes } = performAside({ hook: 'save-artifacts', progress: 'stderr', effects });
    return { tar: Buffer.from(stdout, 'latin1'), stderr, outcome: outcomes[1] };
  }

  it('gives the same bytes for the same tree, owned by nobody, with every name', () => {
    const root = temporaryDirectory();
    const spec = {
      b: 'two',
      a: 'one',
      d: null,
      'd/caf\xe9\n': 'x',
      '-rf': 'dash',
      l: { link: '/nowhere' },
      [`d/${'n'.repeat(200)}`]: 'long',
    };
    for (const name of ['one', 'two']) {
      makeTree(join(root, name), spec);
      execFileSync('find', [join(root, name), '-exec', 'touch', '-h', '-d', '@1600000000', '{}', '+']);
    }
    execFileSync('chown', ['-Rh', '12345:777', join(root, 'two')]);
    const [one, two] = [archive(join(root, 'one')), archive(join(root, 'two'))];
    expect(one.stderr).toBe('---> Saving\n');
    const nothing = { changed: 0, removed: 0, copied: 0, skipped: 0, kept: [], problems: [] };
    expect(one.outcome).toEqual({ kind: 'tree', seen: 7, ...nothing });
    expect(one.tar.equals(two.tar)).toBe(true);
    mkdirSync(join(root, 'out'));
    execFileSync('tar', ['-x', '-C', join(root, 'out')], { input: one.tar });
    expect(readTree(join(root, 'out'))).toEqual(spec);
  });

  it('leaves out what the patterns match, with what is below', () => {
    const root = temporaryDirectory();
    makeTree(root, {
      bin: null,
      'bin/pip3': '',
      'bin/python': '',
      lib: null,
      'lib/a': null,
      'lib/a/b': '',
      'lib/cab': '',
      pip: '',
      'a.b': '',
      axb: '',
    });
    const { tar } = archive(root, ['bin/pip*', 'lib/a', '*ip', 'a.b']);
    const names = execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8' }).trim().split('\n');
    expect(names).toEqual(['axb', 'bin/', 'bin/python', 'lib/', 'lib/cab']);
  });

  it('goes into a new file where one is named, and not over one that is there', async () => {
    const root = temporaryDirectory();
    makeTree(root, { tree: null, 'tree/a': 'one' });
    const file = join(root, 'with: colon.tar');
    const effect: Effect = { kind: 'archive-tree', root: join(root, 'tree'), exclude: [], file };
    expect(await perform(effect)).toMatchObject({ seen: 1, problems: [] });
    expect(execFileSync('tar', ['-t', '--force-local', '-f', file], { encoding: 'utf8' })).toBe('a\n');
    expect(await perform(effect)).toMatchObject({ problems: [{ reason: 'in-the-way' }] });
  });

  it('is an empty archive for an empty tree', () => {
    const { tar, outcome } = archive(temporaryDirectory());
    expect(execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8' })).toBe('');
    expect(outcome).toMatchObject({ problems: [] });
  });

  it('reports a root that is missing', () => {
    expect(archive('/nowhere').outcome).toMatchObject({ problems: [{ name: '/nowhere', reason: 'not-found' }] });
  });
});

describe('single files', () => {
  it('are written whole or not at all', async () => {
    const root = temporaryDirectory();
    const path = join(root, 'file');
    expect(await perform({ kind: 'write-file', path, text: 'é', mode: 0o664 })).toEqual({ kind: 'done' });
    expect(await perform({ kind: 'write-file', path, text: 'two', mode: 0o600 })).toEqual({ kind: 'done' });
    expect(readTree(root)).toEqual({ file: 'two' });
    expect(await perform({ kind: 'write-file', path: join(path, 'where'), text: '', mode: 0o600 })).toMatchObject({
      kind: 'refused',
      problem: { reason: 'in-the-way' },
    });
    expect(await perform({ kind: 'write-file', path: root, text: '', mode: 0o600 })).toMatchObject({
      kind: 'refused',
      problem: { reason: 'in-the-way' },
    });
    expect(readdirSync(root)).toEqual(['file']);
    expect(await perform({ kind: 'write-file', path: join(root, 'no/where'), text: 'x', mode: 0o600 })).toEqual({ kind: 'done' });
    expect(readTree(root)).toEqual({ file: 'two', no: null, 'no/where': 'x' });
  });

  it('leave nothing behind on a full disk', () => {
    const root = temporaryDirectory();
    const copy = join(root, 'copy');
    const disk = join(root, 'disk');
    mkdirSync(disk);
    const prepare = `mount -t tmpfs -o size=64k tmpfs ${disk}; echo old >${disk}/file; trap 'cp -a ${disk} ${copy}' EXIT; "$@"; exit`;
    const outcome = performAs(
      { prepare },
      { kind: 'write-file', path: join(disk, 'file'), text: 'x'.repeat(100_000), mode: 0o644 },
    );
    expect(outcome).toMatchObject({ kind: 'refused', problem: { reason: 'no-space' } });
    expect(readTree(copy)).toEqual({ file: 'old\n' });
  });

  it('directories and private temporary ones are made', async () => {
    const root = temporaryDirectory();
    expect(await perform({ kind: 'make-directory', path: join(root, 'a/b') })).toEqual({ kind: 'done' });
    expect(await perform({ kind: 'make-directory', path: join(root, 'a/b') })).toEqual({ kind: 'done' });
    const made = await perform({ kind: 'make-temporary', prefix: 's2i-test-' });
    expect(made).toMatchObject({ kind: 'made' });
    if (made.kind === 'made') expect(await perform({ kind: 'remove-tree', path: made.path })).toMatchObject({ removed: 1 });
  });

  it('links are replaced, anything else is not', async () => {
    const root = temporaryDirectory();
    makeTree(root, { file: 'f' });
    const link = join(root, 'link');
    for (const target of ['a', 'b', 'b'])
      expect(await perform({ kind: 'replace-link', path: link, target })).toEqual({ kind: 'done' });
    expect(readTree(root)).toEqual({ file: 'f', link: { link: 'b' } });
    expect(await perform({ kind: 'replace-link', path: join(root, 'file'), target: 'a' })).toMatchObject({
      kind: 'refused',
      problem: { reason: 'in-the-way' },
    });
  });
});
