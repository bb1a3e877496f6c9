import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { assemble, type HookEnd } from './hooks.ts';
import type { LoopbackIndex } from './loopback-index.ts';
import { createSandbox, renewSandbox, type Sandbox, writeSource } from './sandbox.ts';
import { saveArtifacts, unpackArtifacts } from './saved.ts';
import { builtTree, differences } from './snapshot.ts';

export type Files = Readonly<Record<string, string>>;
export type Variables = Readonly<Record<string, string | undefined>>;

/** A sandbox, for this test, whose pip knows an index on loopback and keeps nothing. */
export function sandboxFor(index: LoopbackIndex): Sandbox {
  const sandbox = createSandbox({
    environment: { PIP_CONFIG_FILE: '/dev/null', PIP_NO_CACHE_DIR: 'off', PIP_INDEX_URL: index.url },
  });
  onTestFinished(sandbox.remove);
  return sandbox;
}

/** A source that requires these. */
export function requirements(...lines: readonly string[]): Files {
  return { 'requirements.txt': `${lines.join('\n')}\n`, 'app.py': 'print("unused")\n' };
}

/** Builds in a fresh image. */
export async function buildClean(sandbox: Sandbox, files: Files, environment: Variables = {}): Promise<HookEnd> {
  renewSandbox(sandbox);
  writeSource(sandbox, files);
  return assemble(sandbox, { environment });
}

export interface BuildOptions {
  readonly environment?: Variables;
  /** Changes what was unpacked. */
  readonly edit?: (artifacts: string) => void;
}

/** Builds in a fresh image with what an earlier build streamed. */
export async function buildOn(stream: Buffer, sandbox: Sandbox, files: Files, options: BuildOptions = {}): Promise<HookEnd> {
  renewSandbox(sandbox);
  unpackArtifacts(sandbox, stream);
  options.edit?.(join(sandbox.destination, 'artifacts'));
  writeSource(sandbox, files);
  return assemble(sandbox, { environment: options.environment ?? {} });
}

/** Where the stamp of a build lies below APP_ROOT. */
export const stampFile = 'etc/s2i/environment.json';

/** What pip says it has installed. */
export function installedIn(log: string): readonly string[] {
  return [...log.matchAll(/^Successfully installed (.*)$/gm)].flatMap(([, names = '']) => names.split(' ')).sort();
}

export interface SecondBuild {
  readonly log: string;
  /** What pip says it has installed: `name-version`, sorted. */
  readonly installed: readonly string[];
}

/** Two builds, the second on what the first saved, and what a clean build of the second source looks like. */
export async function buildTwice(
  index: LoopbackIndex,
  first: Files,
  second: Files,
  environment: Variables = {},
): Promise<SecondBuild> {
  const sandbox = sandboxFor(index);
  await buildClean(sandbox, first, environment);
  const stream = await saveArtifacts(sandbox, { environment });
  const { log } = await buildOn(stream, sandbox, second, { environment });
  const tree = builtTree(sandbox);
  await buildClean(sandbox, second, environment);
  expect(differences(tree, builtTree(sandbox))).toEqual([]);
  return { log, installed: installedIn(log) };
}
