import { chmodSync, lstatSync, mkdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assemble, runHook } from '../support/hooks.ts';
import { builder, canMount, isRoot, type User } from '../support/machine.ts';
import { readOnly } from '../support/mounts.ts';
import { notForGroup } from '../support/permissions.ts';
import { createSandbox, giveTree, type Sandbox, writeSource } from '../support/sandbox.ts';
import { snapshot, sourceTree } from '../support/snapshot.ts';

const root: User = { uid: 0, gid: 0 };
const files = { 'app.py': 'print("here")\n', 'deep/er/data.txt': 'data', 'run.sh': '#!/bin/sh\n' };
const names = ['app.py', 'deep', 'deep/er', 'deep/er/data.txt', 'run.sh'];

function newSandbox(): Sandbox {
  const sandbox = createSandbox();
  onTestFinished(sandbox.remove);
  return sandbox;
}

/** Type, mode and owner of an entry. */
function look(path: string): string {
  const { mode, uid, gid } = lstatSync(path);
  return `${mode.toString(8)} ${uid}:${gid}`;
}

describe('a source that cannot be moved', () => {
  test.runIf(canMount)('because it is mounted read-only is copied, and stays as it is', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, files, root);
    const before = snapshot(sandbox.source);
    await assemble(sandbox, { mounts: readOnly(sandbox.source) });
    expect(snapshot(sandbox.source)).toEqual(before);
    expect(Object.keys(sourceTree(sandbox.home))).toEqual(names);
    expect(notForGroup(sandbox.appRoot, builder.uid)).toEqual([]);
    expect(look(join(sandbox.home, 'run.sh'))).toBe(`100775 ${builder.uid}:0`);
    await assemble(sandbox, { mounts: readOnly(sandbox.source) });
    expect(Object.keys(sourceTree(sandbox.home))).toEqual(names);
  });

  test.runIf(canMount)('because it lies on another file system is copied there', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, files);
    const elsewhere = join(sandbox.folder, 'elsewhere');
    renameSync(sandbox.source, elsewhere);
    mkdirSync(sandbox.source);
    const mounts = `mount -t tmpfs tmpfs '${sandbox.source}'\ncp -a '${elsewhere}/.' '${sandbox.source}'`;
    await assemble(sandbox, { mounts });
    expect(sourceTree(sandbox.home)).toEqual(snapshotForGroup(elsewhere));
  });

  test.runIf(isRoot)('[B124] because root owns it and nobody else may write to it is copied', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, files, root);
    await assemble(sandbox);
    expect(Object.keys(sourceTree(sandbox.home))).toEqual(names);
    expect(look(join(sandbox.home, 'deep/er/data.txt'))).toBe(`100664 ${builder.uid}:0`);
    expect(notForGroup(sandbox.appRoot, builder.uid)).toEqual([]);
  });

  test.runIf(isRoot)('[B124] is moved when fix-permissions opened it for the group, as the recipe with ADD has it', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, files, root);
    await runHook('fix-permissions', sandbox, { args: [sandbox.source], user: root });
    await assemble(sandbox);
    expect(Object.keys(snapshot(sandbox.source))).toEqual([]);
    expect(Object.keys(sourceTree(sandbox.home))).toEqual(names);
  });

  test('is copied without what only its owner may read being lost', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, files);
    chmodSync(join(sandbox.source, 'app.py'), 0o600);
    chmodSync(join(sandbox.source, 'deep'), 0o700);
    await assemble(sandbox);
    expect(look(join(sandbox.home, 'app.py'))).toBe(`100660 ${builder.uid}:${builder.gid}`);
    expect(look(join(sandbox.home, 'deep'))).toBe(`40770 ${builder.uid}:${builder.gid}`);
  });
});

/** A snapshot as it has to be once group 0 may do what the owner may. */
function snapshotForGroup(folder: string): ReturnType<typeof snapshot> {
  const open = (line: string) => line.replace(/ 644 /, ' 664 ').replace(/ 755 /, ' 775 ');
  return Object.fromEntries(Object.entries(snapshot(folder)).map(([path, line]) => [path, open(line)]));
}

describe('links that lead out of the source', () => {
  /** A folder beside the image's tree with things of its own that no build may touch. */
  function outside(sandbox: Sandbox): string {
    const folder = join(sandbox.folder, 'outside');
    mkdirSync(join(folder, 'inner'), { recursive: true });
    writeFileSync(join(folder, 'secret'), 'precious');
    writeFileSync(join(folder, 'inner/file'), 'precious');
    chmodSync(join(folder, 'secret'), 0o600);
    chmodSync(join(folder, 'inner'), 0o700);
    giveTree(folder, { uid: builder.uid, gid: isRoot ? 1001 : builder.gid });
    return folder;
  }

  test.each(isRoot ? [root, builder] : [builder])(
    '[B78] [B79] stay links; what they lead to is not touched (uid $uid)',
    async (user) => {
      const sandbox = newSandbox();
      const target = outside(sandbox);
      writeSource(sandbox, files);
      symlinkSync(target, join(sandbox.source, 'folder'));
      symlinkSync(join(target, 'secret'), join(sandbox.source, 'file'));
      symlinkSync('../../../outside', join(sandbox.source, 'deep/up'));
      symlinkSync('.', join(sandbox.source, 'loop'));
      giveTree(sandbox.source, builder);
      const before = snapshot(target);
      await assemble(sandbox, { user });
      await assemble(sandbox, { user });
      expect(snapshot(target)).toEqual(before);
      expect(readlinkSync(join(sandbox.home, 'folder'))).toBe(target);
      expect(readlinkSync(join(sandbox.home, 'deep/up'))).toBe('../../../outside');
    },
  );

  test('[B24] are not gone through when they stand where the earlier source had a folder', async () => {
    const sandbox = newSandbox();
    const target = outside(sandbox);
    writeSource(sandbox, { ...files, 'inner/file': 'of the source' });
    await assemble(sandbox);
    renameSync(join(sandbox.home, 'inner'), join(sandbox.home, 'moved'));
    symlinkSync(join(target, 'inner'), join(sandbox.home, 'inner'));
    const before = snapshot(target);
    writeSource(sandbox, { ...files, 'inner/other': 'of the new source' });
    await runHook('assemble', sandbox);
    expect(snapshot(target)).toEqual(before);
  });

  test('[B24] are not gone through to remove what the earlier source had', async () => {
    const sandbox = newSandbox();
    const target = outside(sandbox);
    writeSource(sandbox, { ...files, 'inner/file': 'precious' });
    await assemble(sandbox);
    renameSync(join(sandbox.home, 'inner'), join(sandbox.home, 'moved'));
    symlinkSync(join(target, 'inner'), join(sandbox.home, 'inner'));
    const before = snapshot(target);
    writeSource(sandbox, files);
    await assemble(sandbox);
    expect(snapshot(target)).toEqual(before);
  });
});
