import { spawnSync } from 'node:child_process';
import { inject } from 'vitest';
import { describeUnless } from '../../support/describe-unless.ts';
import type { NativePrograms } from './provide.ts';
import { reasonAgainstNative } from './provide.ts';

/** Tests that need the native programs; skipped with the reason where they cannot be built. */
export function describeNative(title: string, tests: () => void): void {
  describeUnless(reasonAgainstNative(), title, tests);
}

export function nativePrograms(): NativePrograms {
  const programs = inject('native');
  if (programs === undefined) throw new Error('the native programs were not built');
  return programs;
}

export interface Ran {
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the product, or the tests' program, with nothing of this process's environment. */
export function runNative(
  which: keyof NativePrograms,
  words: readonly string[],
  options: { readonly environment?: Readonly<Record<string, string>>; readonly directory?: string; readonly name?: string } = {},
): Ran {
  const { environment = {}, directory = '/', name } = options;
  const { status, signal, stdout, stderr, error } = spawnSync(nativePrograms()[which], words, {
    encoding: 'utf8',
    cwd: directory,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...environment },
    maxBuffer: 1 << 28,
    ...(name === undefined ? {} : { argv0: name }),
  });
  if (error !== undefined) throw error;
  return { status: status ?? signal ?? 'unknown', stdout, stderr };
}
