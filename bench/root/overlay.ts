import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { imageEnvironment } from './places.ts';

/** A copy of this machine's root file system that keeps what is written to it in `upper`. */
export interface Root {
  readonly path: string;
  readonly upper: string;
}

/**
 * Lays an upper layer in `folder` over the root file system. Runs in a mount namespace of its own, which takes every mount
 * with it when it ends.
 */
export async function mountRoot(folder: string): Promise<Root> {
  const root = { path: join(folder, 'root'), upper: join(folder, 'upper') };
  for (const path of [root.path, root.upper, join(folder, 'work')]) mkdirSync(path, { recursive: true });
  const options = `lowerdir=/,upperdir=${root.upper},workdir=${join(folder, 'work')}`;
  await execa('mount', ['-t', 'overlay', 'overlay', '-o', options, root.path]);
  await execa('mount', ['-t', 'proc', 'proc', join(root.path, 'proc')]);
  for (const shared of ['dev', 'sys']) await execa('mount', ['--rbind', `/${shared}`, join(root.path, shared)]);
  return root;
}

/** The same with an upper layer in memory. */
export async function mountRootInMemory(folder: string): Promise<Root> {
  mkdirSync(folder, { recursive: true });
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  return mountRoot(folder);
}

export async function unmountRoot(root: Root): Promise<void> {
  await execa('umount', ['--recursive', '--lazy', root.path]);
}

/**
 * Moves a folder to where the hooks look for it, and what it returns moves it back; both are paths inside the root. Not by
 * a bind mount: no file could be moved from /tmp into that, and a hook would have to copy.
 */
export function showAt(root: Root, folder: string, place: string): () => void {
  const [from, to] = [join(root.path, folder), join(root.path, place)];
  renameSync(from, to);
  return () => renameSync(to, from);
}

/** Runs a command inside the root and gives its standard output. Throws what execa throws when it fails. */
export async function inRoot(root: Root, argv: readonly string[], environment = imageEnvironment): Promise<string> {
  const { stdout } = await execa('chroot', [root.path, ...argv], { env: environment, extendEnv: false });
  return stdout;
}
