import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type HookOptions, runHook } from './hooks.ts';
import { builder, isRoot } from './machine.ts';
import type { Sandbox } from './sandbox.ts';

/** What s2i does with the previous image: runs save-artifacts in it and keeps its standard output. */
export async function saveArtifacts(sandbox: Sandbox, options: HookOptions = {}): Promise<Buffer> {
  // It gets what is baked into the image and nothing else.
  const { exit, stdout, stderr } = await runHook('save-artifacts', sandbox, { user: builder, ...options });
  if (exit !== 0) throw new Error(`save-artifacts ended with ${exit}: ${stderr}`);
  return stdout;
}

/** What s2i does before the next assemble: unpacks the stream as the user of the build, in a folder only he can enter. */
export function unpackArtifacts(sandbox: Sandbox, stream: Buffer): void {
  const folder = join(sandbox.destination, 'artifacts');
  mkdirSync(folder);
  execFileSync('chown', [`${builder.uid}:${builder.gid}`, folder]);
  chmodSync(folder, 0o700);
  const { status, stderr } = spawnSync('tar', ['-C', folder, '-xf', '-'], { input: stream, ...(isRoot ? builder : {}) });
  if (status !== 0) throw new Error(`tar: ${stderr}`);
}

/** The archive of the environment in a stream. */
export function environmentIn(stream: Buffer): Buffer {
  return execFileSync('tar', ['-xOf', '-', 'environment.tar'], { input: stream, maxBuffer: 1e9 });
}

/** Names in an archive, sorted. Fails when it is anything but one tar archive. */
export function namesIn(archive: Buffer): readonly string[] {
  const { status, stdout, stderr } = spawnSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`no tar stream: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
