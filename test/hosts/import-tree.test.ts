import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TreeOutcome } from '../../src/execute/effect.ts';
import { type Performer, perform, performAs } from '../support/perform.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { makeTree, readTree, type TreeSpec } from '../support/tree.ts';

interface Place {
  readonly root: string;
  readonly from: string;
  readonly to: string;
  readonly record: string;
}

function place(source: TreeSpec, target: TreeSpec = {}): Place {
  const root = temporaryDirectory();
  const made = { root, from: join(root, 'src'), to: join(root, 'app'), record: join(root, 'etc/s2i/import') };
  for (const [path, spec] of [
    [made.from, source],
    [made.to, target],
  ] as const) {
    mkdirSync(path);
    makeTree(path, spec);
  }
  return made;
}

async function bring({ from, to, record }: Place): Promise<TreeOutcome> {
  return (await perform({ kind: 'import-tree', from, to, record })) as TreeOutcome;
}

function bringAs(performer: Performer, { from, to, record }: Place): TreeOutcome {
  return performAs(performer, { kind: 'import-tree', from, to, record }) as TreeOutcome;
}

const source: TreeSpec = {
  'app.py': 'print(1)',
  '.hidden': 'h',
  '.s2i': null,
  '.s2i/environment': 'A=1',
  'with space': 's',
  'line\nend': 'n',
  'caf\xe9': 'bytes',
  sub: null,
  'sub/\xff\xfe': 'more bytes',
  'sub/empty': null,
  link: { link: 'app.py' },
  dangling: { link: '/nowhere' },
  loop: { link: '.' },
};

describe('importing a source tree', () => {
  it('moves every kind of name and leaves the source as an empty directory [B15]', async () => {
    const here = place(source);
    const outcome = await bring(here);
    expect(readTree(here.to)).toEqual(source);
    expect(readdirSync(here.from)).toEqual([]);
    expect(outcome).toEqual({ kind: 'tree', seen: 13, changed: 13, removed: 0, copied: 0, skipped: 0, kept: [], problems: [] });
  });

  it('has nothing to do for an empty source and for none [B16]', async () => {
    const here = place({}, { 'app.py': 'there' });
    expect(await bring(here)).toMatchObject({ seen: 0, changed: 0, problems: [] });
    const gone = { ...here, from: join(here.root, 'nothing') };
    expect(await bring(gone)).toMatchObject({ seen: 0, changed: 0, problems: [] });
    expect(readTree(here.to)).toEqual({ 'app.py': 'there' });
    expect(existsSync(here.record)).toBe(false);
  });

  it('merges into directories that exist already [B24]', async () => {
    const here = place(
      { '.pki': null, '.pki/new': '1', a: null, 'a/b': null, 'a/b/c': 'new' },
      { '.pki': null, '.pki/nssdb': null, '.pki/nssdb/x': 'old', a: null, 'a/b': null, 'a/b/c': 'old', 'a/b/d': 'other' },
    );
    expect((await bring(here)).problems).toEqual([]);
    expect(readTree(here.to)).toEqual({
      '.pki': null,
      '.pki/new': '1',
      '.pki/nssdb': null,
      '.pki/nssdb/x': 'old',
      a: null,
      'a/b': null,
      'a/b/c': 'new',
      'a/b/d': 'other',
    });
    expect(readdirSync(here.from)).toEqual([]);
  });

  it('removes what an earlier import placed and the new source lacks, and nothing else [B24]', async () => {
    const here = place({
      'app.py': '1',
      old: null,
      'old/module.py': 'x',
      shared: null,
      'shared/gone.py': 'y',
      'gone link': { link: 'app.py' },
      '\xe9': 'z',
    });
    await bring(here);
    makeTree(here.to, { 'shared/made-by-app': 'data', 'db.sqlite': 'data' });
    makeTree(here.from, { 'app.py': '2' });
    const outcome = await bring(here);
    expect(readTree(here.to)).toEqual({ 'app.py': '2', 'db.sqlite': 'data', shared: null, 'shared/made-by-app': 'data' });
    expect(outcome).toMatchObject({ removed: 5, kept: [], problems: [] });
  });

  it('keeps a placed file that was changed since and that the new source lacks, and says so [B24]', async () => {
    const here = place({ 'app.py': '1', 'settings\xff.ini': 'default' });
    await bring(here);
    appendFileSync(Buffer.from(`${here.to}/settings\xff.ini`, 'latin1'), ' changed');
    makeTree(here.from, { 'app.py': '2' });
    expect(await bring(here)).toMatchObject({ kept: ['settings\\xff.ini'], removed: 0, problems: [] });
    expect(readTree(here.to)).toEqual({ 'app.py': '2', 'settings\xff.ini': 'default changed' });
  });

  it('takes a change by the time alone for a change', async () => {
    const here = place({ a: 'same size' });
    await bring(here);
    utimesSync(join(here.to, 'a'), 1, 2);
    makeTree(here.from, { b: '' });
    expect((await bring(here)).kept).toEqual(['a']);
  });

  it('does not follow a directory that became a link when it removes', async () => {
    const here = place({ static: null, 'static/a': 'placed' });
    await bring(here);
    const outside = join(here.root, 'outside');
    execFileSync('mv', [join(here.to, 'static'), outside]);
    execFileSync('ln', ['-s', outside, join(here.to, 'static')]);
    makeTree(here.from, { b: '' });
    await bring(here);
    expect(readTree(outside)).toEqual({ a: 'placed' });
  });

  it('replaces a link by a directory instead of writing through it', async () => {
    const here = place({ static: null, 'static/a': 'new' });
    const outside = join(here.root, 'outside');
    makeTree(outside, { b: 'untouched' });
    makeTree(here.to, { static: { link: outside } });
    expect((await bring(here)).problems).toEqual([]);
    expect(readTree(outside)).toEqual({ b: 'untouched' });
    expect(readTree(here.to)).toEqual({ static: null, 'static/a': 'new' });
  });

  it('lets a directory replace a file, and a file replace what an earlier import placed', async () => {
    const here = place({ a: 'file', b: null, 'b/c': null, 'b/c/d': '1', link: { link: 'a' } });
    await bring(here);
    makeTree(here.from, { a: null, 'a/x': '1', b: 'file now', link: null });
    expect((await bring(here)).problems).toEqual([]);
    expect(readTree(here.to)).toEqual({ a: null, 'a/x': '1', b: 'file now', link: null });
  });

  it('touches nothing when a file would replace a directory that holds something else', async () => {
    const here = place({ 'app.py': 'new', data: 'a file' }, { 'app.py': 'old', data: null, 'data/made-by-app': 'x' });
    const outcome = await bring(here);
    expect(outcome.problems).toEqual([{ name: 'data/made-by-app', reason: 'in-the-way', detail: 'ENOTEMPTY' }]);
    expect(readTree(here.to)).toEqual({ 'app.py': 'old', data: null, 'data/made-by-app': 'x' });
    expect(readTree(here.from)).toEqual({ 'app.py': 'new', data: 'a file' });
    expect(existsSync(`${here.record}.pending`)).toBe(false);
  });

  it('gives the tree of a first run after the obstacle is gone', async () => {
    const here = place({ data: 'a file' }, { data: null, 'data/x': '1' });
    await bring(here);
    execFileSync('rm', ['-r', join(here.to, 'data')]);
    expect((await bring(here)).problems).toEqual([]);
    expect(readTree(here.to)).toEqual({ data: 'a file' });
  });

  it('moves FIFOs without waiting for them', async () => {
    const here = place({ 'app.py': '1' });
    execFileSync('mkfifo', [join(here.from, 'pipe')]);
    expect((await bring(here)).problems).toEqual([]);
    expect(lstatSync(join(here.to, 'pipe')).isFIFO()).toBe(true);
  });

  it('goes on after an interruption: what was moved already is neither lost nor forgotten', async () => {
    const here = place({ a: '1', b: '2', stale: '3' });
    await bring(here);
    const whole = readFileSync(here.record);
    makeTree(here.from, { a: '1', b: '2', c: '3' });
    await bring(here);
    // As if it had been stopped after everything but one file was moved: no new record, the list of what is to come.
    execFileSync('mv', [here.record, `${here.record}.pending`]);
    writeFileSync(here.record, whole);
    execFileSync('mv', [join(here.to, 'c'), here.from]);
    writeFileSync(join(here.to, 'made-by-app'), '');
    const outcome = await bring(here);
    expect(outcome.problems).toEqual([]);
    expect(readTree(here.to)).toEqual({ a: '1', b: '2', c: '3', 'made-by-app': '' });
    expect(existsSync(`${here.record}.pending`)).toBe(false);
    makeTree(here.from, { d: '' });
    await bring(here);
    expect(readTree(here.to)).toEqual({ d: '', 'made-by-app': '' });
  });

  it('finishes an interrupted import whose source is empty by now', async () => {
    const here = place({ a: '1' });
    await bring(here);
    execFileSync('mv', [here.record, `${here.record}.pending`]);
    expect((await bring(here)).problems).toEqual([]);
    expect(readTree(here.to)).toEqual({ a: '1' });
    expect(existsSync(here.record)).toBe(true);
    expect(existsSync(`${here.record}.pending`)).toBe(false);
  });

  it('removes nothing by a record that was damaged or leads out of the tree', async () => {
    const here = place({ a: '1' });
    makeTree(here.root, { precious: 'p' });
    mkdirSync(join(here.root, 'etc/s2i'), { recursive: true });
    const { size, mtimeNs } = lstatSync(join(here.root, 'precious'), { bigint: true });
    for (const damaged of ['', 'garbage', `s2i-import 1\0f ${size} ${mtimeNs} ../precious\0`, 's2i-import 1\0f 1']) {
      writeFileSync(here.record, damaged);
      makeTree(here.from, { a: '1' });
      expect((await bring(here)).problems).toEqual([]);
    }
    expect(existsSync(join(here.root, 'precious'))).toBe(true);
  });
});

describe('importing where moving is not possible', () => {
  it('copies from a read-only mount and leaves it alone', () => {
    const here = place({ ...source, 'run.sh': '#!/bin/sh' });
    chmodSync(join(here.from, 'run.sh'), 0o6757);
    chmodSync(join(here.from, 'sub'), 0o750);
    utimesSync(join(here.from, 'app.py'), 1_600_000_000, 1_600_000_000.123456);
    const outcome = bringAs({ prepare: `mount --bind ${here.from} ${here.from}; mount -o remount,bind,ro ${here.from}` }, here);
    expect(outcome).toMatchObject({ copied: 11, copyReason: 'EXDEV', problems: [] });
    expect(readTree(here.to)).toEqual({ ...source, 'run.sh': '#!/bin/sh' });
    expect(readTree(here.from)).toEqual({ ...source, 'run.sh': '#!/bin/sh' });
    expect(statSync(join(here.to, 'run.sh')).mode & 0o7777).toBe(0o755);
    expect(statSync(join(here.to, 'sub')).mode & 0o7777).toBe(0o750);
    expect(Math.abs(statSync(join(here.to, 'app.py')).mtimeMs - 1_600_000_000_123.456)).toBeLessThan(0.01);
  });

  it('removes by the record what it had copied', () => {
    const here = place({ a: '1', b: '2' });
    const prepare = `mount --bind ${here.from} ${here.from}; mount -o remount,bind,ro ${here.from}`;
    bringAs({ prepare }, here);
    execFileSync('rm', [join(here.from, 'b')]);
    expect(bringAs({ prepare }, here)).toMatchObject({ removed: 1, kept: [], problems: [] });
    expect(readTree(here.to)).toEqual({ a: '1' });
  });

  it('copies to another file system and takes the source away', () => {
    const here = place({ a: '1', sub: null, 'sub/b': '2', link: { link: 'a' } });
    const copy = join(here.root, 'copy');
    const prepare = `mount -t tmpfs tmpfs ${here.to}; trap 'cp -a ${here.to} ${copy}' EXIT; "$@"; exit`;
    expect(bringAs({ prepare }, here)).toMatchObject({ copied: 3, copyReason: 'EXDEV', changed: 4, problems: [] });
    expect(readTree(copy)).toEqual({ a: '1', sub: null, 'sub/b': '2', link: { link: 'a' } });
    expect(readdirSync(here.from)).toEqual([]);
  });

  it('moves the files of a directory of a lower overlay layer', () => {
    const here = place({}, {});
    const lower = join(here.root, 'lower');
    makeTree(lower, { src: null, 'src/pkg': null, 'src/pkg/deep': null, 'src/pkg/deep/a': '1', 'src/b': '2', app: null });
    for (const name of ['work', 'merged', 'result', 'disk']) mkdirSync(join(here.root, name));
    const merged = join(here.root, 'merged');
    const disk = join(here.root, 'disk');
    const prepare = [
      `mount -t tmpfs tmpfs ${disk}; mkdir ${disk}/upper ${disk}/work`,
      `mount -t overlay overlay -o lowerdir=${lower},upperdir=${disk}/upper,workdir=${disk}/work ${merged}`,
      `trap 'cp -a ${merged}/. ${here.root}/result' EXIT; "$@"; exit`,
    ].join('\n');
    const outcome = bringAs({ prepare }, { ...here, from: join(merged, 'src'), to: join(merged, 'app') });
    expect(outcome).toMatchObject({ changed: 4, problems: [] });
    expect(readTree(join(here.root, 'result'))).toEqual({
      app: null,
      'app/b': '2',
      'app/pkg': null,
      'app/pkg/deep': null,
      'app/pkg/deep/a': '1',
      src: null,
    });
  });

  it('copies what belongs to somebody else and cannot be taken away', () => {
    const here = place({ a: '1', sub: null, 'sub/b': '2' });
    chownSync(here.to, 12345, 0);
    const outcome = bringAs({ uid: 12345, gid: 0 }, { ...here, record: join(here.to, '.record') });
    expect(outcome).toMatchObject({ copied: 2, copyReason: 'EACCES', problems: [] });
    expect(readTree(here.from)).toEqual({ a: '1', sub: null, 'sub/b': '2' });
    expect(readTree(here.to)).toMatchObject({ a: '1', sub: null, 'sub/b': '2' });
  });

  it('moves what group 0 may write, whoever owns it [B124]', () => {
    const here = place({ a: '1', sub: null, 'sub/b': '2' });
    execFileSync('chmod', ['-R', 'g+rwX', here.from]);
    chownSync(here.to, 12345, 0);
    expect(bringAs({ uid: 12345, gid: 0 }, { ...here, record: join(here.to, '.record') })).toMatchObject({
      copied: 0,
      changed: 3,
      problems: [],
    });
    expect(readdirSync(here.from)).toEqual([]);
    expect(statSync(join(here.to, 'a')).uid).toBe(0);
  });

  it('places the sources also where it may write no record, and says so', () => {
    const here = place({ a: '1' });
    chmodSync(here.from, 0o777);
    chownSync(here.to, 12345, 0);
    expect(bringAs({ uid: 12345, gid: 0 }, here)).toMatchObject({ changed: 1, unrecorded: 'EACCES', problems: [] });
    expect(readTree(here.to)).toEqual({ a: '1' });
  });

  it('reports what it may not read and what it may not write', () => {
    const here = place({ a: '1', secret: '2', locked: null, 'locked/x': '' });
    chmodSync(join(here.from, 'secret'), 0o600);
    chownSync(here.to, 12345, 0);
    const record = join(here.to, '.record');
    expect(bringAs({ uid: 12345, gid: 0 }, { ...here, record }).problems).toEqual([
      { name: 'secret', reason: 'denied', detail: 'EACCES' },
    ]);
    chmodSync(join(here.from, 'locked'), 0o700);
    expect(bringAs({ uid: 12345, gid: 0 }, { ...here, record }).problems).toEqual([
      { name: 'locked', reason: 'denied', detail: 'EACCES' },
    ]);
    chmodSync(join(here.from, 'locked'), 0o755);
    const closed = place({ a: '1' });
    const outcome = bringAs({ uid: 12345, gid: 0 }, closed);
    expect(outcome.problems).toMatchObject([{ reason: 'denied', detail: 'EACCES' }]);
    expect(readTree(closed.to)).toEqual({});
  });

  it('reports a full disk, leaves no part of a file, and goes on when there is room', () => {
    const here = place({ a: 'small', big: 'x'.repeat(3_000_000), z: 'last' });
    const disk = join(here.root, 'disk');
    const copy = join(here.root, 'copy');
    mkdirSync(disk);
    const prepare = `mount -t tmpfs -o size=1m tmpfs ${disk}; trap 'cp -a ${disk} ${copy}' EXIT; "$@"; exit`;
    const outcome = bringAs({ prepare }, { ...here, to: disk });
    expect(outcome.problems).toEqual([{ name: 'big', reason: 'no-space', detail: 'ENOSPC' }]);
    expect(readTree(copy)).toEqual({ a: 'small' });
    expect(Object.keys(readTree(here.from))).toEqual(['big', 'z']);
    expect(existsSync(`${here.record}.pending`)).toBe(true);
    execFileSync('cp', ['-a', `${copy}/.`, here.to]);
    expect(bringAs({}, here).problems).toEqual([]);
    expect(Object.keys(readTree(here.to))).toEqual(['a', 'big', 'z']);
  });

  it('replaces by copying, and keeps what it could not replace', () => {
    const here = place({ a: 'new', big: 'x'.repeat(3_000_000), link: { link: 'a' } });
    const disk = join(here.root, 'disk');
    const copy = join(here.root, 'copy');
    mkdirSync(disk);
    const old = `cd ${disk}; echo old >a; echo old >big; mkdir sub; ln -s /nowhere link; cd /`;
    const prepare = `mount -t tmpfs -o size=1m tmpfs ${disk}; ${old}; trap 'cp -a ${disk} ${copy}' EXIT; "$@"; exit`;
    const outcome = bringAs({ prepare }, { ...here, to: disk });
    expect(outcome.problems).toEqual([{ name: 'big', reason: 'no-space', detail: 'ENOSPC' }]);
    expect(readTree(copy)).toEqual({ a: 'new', big: 'old\n', link: { link: '/nowhere' }, sub: null });
  });

  it('reports a FIFO that would have to be copied, without waiting for it', () => {
    const here = place({ a: '1' });
    execFileSync('mkfifo', [join(here.from, 'pipe')]);
    const prepare = `mount --bind ${here.from} ${here.from}; mount -o remount,bind,ro ${here.from}`;
    expect(bringAs({ prepare }, here).problems).toEqual([{ name: 'pipe', reason: 'other', detail: 'ENOTSUP' }]);
  });

  it('reports a target that is read-only', () => {
    const here = place({ a: '1' });
    const prepare = `mount --bind ${here.to} ${here.to}; mount -o remount,bind,ro ${here.to}`;
    expect(bringAs({ prepare }, here).problems).toEqual([{ name: 'a', reason: 'read-only', detail: 'EROFS' }]);
    expect(readTree(here.from)).toEqual({ a: '1' });
  });
});
