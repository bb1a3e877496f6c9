import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askAside, hostReader as reader } from '../support/host-reader.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { makeTree } from '../support/tree.ts';

function file(bytes: string): string {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, Buffer.from(bytes, 'latin1'));
  return path;
}

describe('reading a text', () => {
  it.each([
    ['plain\n', { ok: true, text: 'plain\n', bom: false }],
    ['', { ok: true, text: '', bom: false }],
    ['caf\xc3\xa9', { ok: true, text: 'café', bom: false }],
    ['\xef\xbb\xbfflask', { ok: true, text: 'flask', bom: true }],
    ['a\0b', { ok: true, text: 'a\0b', bom: false }],
    ['\xff\xfea\0', { ok: false, problem: { what: 'utf-16', order: 'little' } }],
    ['\xfe\xff\0a', { ok: false, problem: { what: 'utf-16', order: 'big' } }],
    ['caf\xe9', { ok: false, problem: { what: 'not-utf8', offset: 3 } }],
    ['\xc3\xa9\xc3', { ok: false, problem: { what: 'not-utf8', offset: 2 } }],
    ['ok \xed\xa0\x80', { ok: false, problem: { what: 'not-utf8', offset: 3 } }],
    ['ok \xc0\x80', { ok: false, problem: { what: 'not-utf8', offset: 3 } }],
    ['\xf4\x90\x80\x80', { ok: false, problem: { what: 'not-utf8', offset: 0 } }],
  ])('of %j', (bytes, expected) => {
    expect(reader.readText(file(bytes))).toEqual(expected);
  });

  it('refuses what is longer than the limit, and takes what is as long', () => {
    const path = file('x'.repeat(100));
    expect(reader.readText(path, { maxBytes: 99 })).toEqual({ ok: false, problem: { what: 'too-large', bytes: 100, limit: 99 } });
    expect(reader.readText(path, { maxBytes: 100 }).ok).toBe(true);
    expect(reader.readText(file('x'.repeat(1024 * 1024 + 1))).ok).toBe(false);
  });

  it('reads files whose size is not known beforehand', () => {
    const read = reader.readText('/proc/self/status');
    expect(read.ok && read.text.startsWith('Name:')).toBe(true);
    expect(reader.readText('/proc/kallsyms', { maxBytes: 1000 })).toMatchObject({ problem: { what: 'too-large', limit: 1000 } });
  });

  it('tells what is no file apart, and waits for nothing', () => {
    const root = temporaryDirectory();
    makeTree(root, { directory: null, dangling: { link: 'nothing' }, loop: { link: 'loop' }, link: { link: 'text' }, text: 't' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const problem = (name: string): unknown => {
      const read = reader.readText(join(root, name));
      return read.ok ? read.text : read.problem;
    };
    expect(problem('absent')).toEqual({ what: 'absent' });
    expect(problem('text/below')).toEqual({ what: 'absent' });
    expect(problem('directory')).toEqual({ what: 'directory' });
    expect(problem('pipe')).toEqual({ what: 'special' });
    expect(problem('dangling')).toEqual({ what: 'dangling' });
    expect(problem('loop')).toEqual({ what: 'dangling' });
    expect(problem('link')).toBe('t');
    expect(reader.readText('/dev/null')).toEqual({ ok: false, problem: { what: 'special' } });
    const socket = `import socket; s = socket.socket(socket.AF_UNIX); s.bind('${root}/socket')`;
    execFileSync('/usr/bin/python3', ['-c', socket]);
    expect(problem('socket')).toEqual({ what: 'special' });
  });

  it('names the reason where it may not read', () => {
    const path = file('secret');
    chmodSync(path, 0o600);
    expect(askAside({ ask: 'readText', path }, { uid: 12345, gid: 0 })).toEqual({
      ok: false,
      problem: { what: 'unreadable', reason: 'EACCES' },
    });
  });
});

describe('looking around', () => {
  it('lists names in order and counts those that are no text', () => {
    const root = temporaryDirectory();
    makeTree(root, { b: '', a: null, B: '', '\xc3\xa9': '', '\xe9': '', '.hidden': '' });
    expect(reader.list(root)).toEqual({ names: ['.hidden', 'B', 'a', 'b', 'é'], undecodable: 1 });
    expect(reader.list(join(root, 'b'))).toBeUndefined();
    expect(reader.list(join(root, 'nothing'))).toBeUndefined();
  });

  it('says what stands at a path', () => {
    const root = temporaryDirectory();
    makeTree(root, {
      f: 'four',
      d: null,
      l: { link: 'f' },
      dangling: { link: 'nothing' },
      loop: { link: 'loop' },
      ld: { link: 'd' },
    });
    chmodSync(join(root, 'f'), 0o4751);
    const own = { uid: process.getuid?.(), gid: process.getgid?.() };
    expect(reader.stat(join(root, 'f'))).toEqual({ type: 'file', link: false, mode: 0o4751, size: 4, ...own });
    expect(reader.stat(join(root, 'l'))).toEqual({ type: 'file', link: true, mode: 0o4751, size: 4, ...own });
    expect(reader.stat(join(root, 'ld'))).toMatchObject({ type: 'directory', link: true });
    expect(reader.stat(join(root, 'dangling'))).toMatchObject({ type: 'dangling', link: true });
    expect(reader.stat(join(root, 'loop'))).toMatchObject({ type: 'dangling', link: true });
    expect(reader.stat('/dev/null')).toMatchObject({ type: 'other' });
    expect(reader.stat(join(root, 'nothing'))).toBeUndefined();
    expect(reader.stat(join(root, 'f/below'))).toBeUndefined();
  });

  it('resolves links and knows what may be executed', () => {
    const root = temporaryDirectory();
    makeTree(root, { d: null, 'd/f': '', l: { link: 'd/f' }, x: '', dangling: { link: 'nothing' } });
    chmodSync(join(root, 'x'), 0o755);
    expect(reader.resolve(join(root, 'l'))).toBe(join(root, 'd/f'));
    expect(reader.resolve(join(root, 'dangling'))).toBeUndefined();
    expect([
      reader.executable(join(root, 'x')),
      reader.executable(join(root, 'd')),
      reader.executable(join(root, 'd/f')),
    ]).toEqual([true, false, false]);
  });

  it('finds nothing at a path with a NUL, which no name holds', () => {
    const path = join(temporaryDirectory(), 'a\0b');
    expect(reader.readText(path)).toEqual({ ok: false, problem: { what: 'absent' } });
    expect([reader.list(path), reader.stat(path), reader.resolve(path), reader.executable(path)]).toEqual([
      undefined,
      undefined,
      undefined,
      false,
    ]);
  });

  it('counts processors and hashes', () => {
    expect(reader.processors()).toBeGreaterThan(0);
    expect(reader.sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
    const { uid, gid, groups } = reader.identity();
    expect({ uid, gid, groups }).toEqual({ uid: process.getuid?.(), gid: process.getgid?.(), groups: process.getgroups?.() });
  });
});
