import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';

const program = join(import.meta.dirname, '../../scripts/images.ts');

/** Calls the program that builds the images, on a machine with no container engine and nothing else. */
async function callOnBareMachine(...argv: readonly string[]) {
  const env = { PATH: temporaryDirectory() };
  return execa(process.execPath, ['--no-warnings', program, ...argv], { env, extendEnv: false, reject: false });
}

test.each([
  ['any engine', [], ['No container engine was found', 'podman: no such program', 'docker: no such program', 'apt-get install']],
  ['a certain engine', ['--engine=buildah'], ['buildah cannot be used', 'buildah: no such program on PATH']],
  ['a release that is not built', ['--release=sid'], ['sid', 'Allowed choices are trixie, bookworm, all']],
  ['an engine that nobody knows', ['--engine=lxc'], ['Allowed choices are any, podman, buildah, docker']],
])('building the images with %s where there is none says so, and ends with 2', async (_what, options, said) => {
  const { exitCode, stdout, stderr } = await callOnBareMachine('build', ...options);
  expect([exitCode, stdout]).toEqual([2, '']);
  for (const words of said) expect(stderr).toContain(words);
});
