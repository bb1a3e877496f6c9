import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toBytes } from '../../../src/hosts/common/bytes.ts';
import { bufferOf } from '../../../src/hosts/node/bytes.ts';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { type LayerEntry, readEntries } from '../../../src/image/layers/entries.ts';
import { isRoot } from '../../support/machine.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { digest, dockerArchive, makeTar } from './synthetic.ts';

/** The entries of an image with this one layer. */
async function entriesOf(layer: Buffer): Promise<readonly LayerEntry[]> {
  const archive = await openImageArchive(await dockerArchive({ layers: [layer] }));
  const [only] = archive.layers;
  if (only === undefined) throw new Error('no layer');
  return readEntries(archive, only);
}

/** The tar that the machine's tar makes of a folder. */
function tarOf(folder: string, ...options: readonly string[]): Buffer {
  return execFileSync('tar', ['-cf', '-', '--sort=name', '--numeric-owner', ...options, '-C', folder, '.'], { maxBuffer: 1e8 });
}

describe('entries of a layer', () => {
  const placed = { mode: 0o644, uid: 1001, gid: 0, modified: 0 };

  test('have type, size, content, mode, owner and time; paths are bare', async () => {
    const entries = await entriesOf(
      await makeTar([
        { name: './', type: 'directory', mode: 0o755 },
        { name: './opt//app/', type: 'directory', mode: 0o2775, uid: 1001 },
        { name: 'opt/app/a', content: 'a', mode: 0o100644, uid: 1001, mtime: new Date(1_700_000_000_000) },
        { name: '/empty', content: '', mode: 0o4755 },
        { name: 'link', type: 'symlink', linkname: '../target', mode: 0o777 },
        { name: 'hard', type: 'link', linkname: './opt/app/a' },
        { name: 'pipe', type: 'fifo' },
        { name: 'dev/null', type: 'character-device', devmajor: 1, devminor: 3 },
        { name: 'dev/sda', type: 'block-device', devmajor: 8, devminor: 0 },
      ]),
    );
    const nobody = { uid: 0, gid: 0, modified: 0 };
    expect(entries).toEqual([
      { path: '', type: 'directory', mode: 0o755, ...nobody },
      { path: 'opt/app', type: 'directory', ...placed, mode: 0o2775 },
      { path: 'opt/app/a', type: 'file', size: 1, digest: digest('a'), ...placed, modified: 1_700_000_000 },
      { path: 'empty', type: 'file', size: 0, digest: digest(''), mode: 0o4755, ...nobody },
      { path: 'link', type: 'symlink', target: '../target', mode: 0o777, ...nobody },
      { path: 'hard', type: 'hard link', target: 'opt/app/a', mode: 0o644, ...nobody },
      { path: 'pipe', type: 'fifo', mode: 0o644, ...nobody },
      { path: 'dev/null', type: 'character device', major: 1, minor: 3, mode: 0o644, ...nobody },
      { path: 'dev/sda', type: 'block device', major: 8, minor: 0, mode: 0o644, ...nobody },
    ]);
  });

  test('that take something away name it', async () => {
    const names = ['.wh.top', 'a/.wh.b', 'a/.wh..wh..opq', '.wh..wh..opq', 'a/.whale', 'a/x.wh.y'];
    const entries = await entriesOf(await makeTar(names.map((name) => ({ name }))));
    expect(entries.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'whiteout top',
      'whiteout a/b',
      'opaque a',
      'opaque ',
      'file a/.whale',
      'file a/x.wh.y',
    ]);
  });

  test.each(['gnu', 'pax'])('of long names, as tar --format=%s writes them', async (format) => {
    const folder = temporaryDirectory();
    const deep = join('d'.repeat(120), 'e'.repeat(120), 'f'.repeat(120));
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, 'g'), 'g');
    symlinkSync(join(deep, 'g'), join(folder, 'link'));
    linkSync(join(folder, deep, 'g'), join(folder, 'z'));
    const entries = await entriesOf(tarOf(folder, `--format=${format}`));
    expect(entries.find(({ path }) => path === `${deep}/g`)).toMatchObject({ type: 'file', digest: digest('g') });
    expect(entries.find(({ path }) => path === 'link')).toMatchObject({ type: 'symlink', target: `${deep}/g` });
    expect(entries.find(({ path }) => path === 'z')).toMatchObject({ type: 'hard link', target: `${deep}/g` });
  });

  test.each(['gnu', 'pax', 'ustar'])('of names in any alphabet are bytes, as tar --format=%s writes them', async (format) => {
    const folder = temporaryDirectory();
    const names = ['grün', '日本', 'with space', 'line\nend', 'back\\slash'];
    for (const name of names) writeFileSync(join(folder, name), name);
    const entries = await entriesOf(tarOf(folder, `--format=${format}`));
    expect(entries.map(({ path }) => path).sort()).toEqual(['', ...names.map(toBytes)].sort());
  });

  test('of names that are no UTF-8 keep their bytes; a pax record loses them in the library', async () => {
    const folder = temporaryDirectory();
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bufferOf('caf\xe9')]), 'x');
    expect((await entriesOf(tarOf(folder, '--format=gnu'))).at(-1)?.path).toBe('caf\xe9');
    const plain = tarOf(folder, '--format=ustar');
    expect((await entriesOf(withPaxName(plain))).at(-1)?.path).toBe(toBytes('caf\ufffd'));
  });

  test.runIf(isRoot)('of owners that do not fit into a header', async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'a'), 'a');
    utimesSync(join(folder, 'a'), 1, 1);
    spawnSync('chown', ['1000660000:100001', join(folder, 'a')]);
    for (const format of ['gnu', 'pax']) {
      expect((await entriesOf(tarOf(folder, `--format=${format}`))).at(-1)).toMatchObject({ uid: 1000660000, gid: 100001 });
    }
  });
});

/** The file's entry with its name in a pax record before it, as Go's archive/tar writes names that are not ASCII. */
function withPaxName(tar: Buffer): Buffer {
  const at = tar.indexOf(bufferOf('./caf\xe9'));
  const entry = tar.subarray(at, at + 1024);
  const record = bufferOf('13 path=caf\xe9\n');
  const header = Buffer.from(entry.subarray(0, 512));
  header.write(`${record.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('x', 156, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, record, Buffer.alloc(512 - record.length), entry, Buffer.alloc(1024)]);
}
