import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type HookEnd, type HookOptions, runHook } from '../../support/hooks.ts';
import { builder } from '../../support/machine.ts';
import { createSandbox, giveTree, renewSandbox, type Sandbox, writeSource } from '../../support/sandbox.ts';
import { differences, type Snapshot, snapshot } from '../../support/snapshot.ts';

export type Files = Readonly<Record<string, string>>;

/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:9/simple';
const OFFLINE = {
  PIP_CONFIG_FILE: '/dev/null',
  PIP_NO_CACHE_DIR: 'off',
  PIP_RETRIES: '0',
  PIP_INDEX_URL: nowhere,
  S2I_CA_BUNDLE: '',
};

/** A sandbox without this machine's certificates and pip settings: what is fetched comes from loopback, or from nowhere. */
export function offlineSandbox(environment: Readonly<Record<string, string>> = {}): Sandbox {
  const pip = {
    PIP_CONFIG_FILE: '/dev/null',
    PIP_NO_CACHE_DIR: 'off',
    PIP_RETRIES: '0',
    PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
  };
  const sandbox = createSandbox({ environment: { ...pip, S2I_CA_BUNDLE: '', ...environment } });
  onTestFinished(sandbox.remove);
  return sandbox;
}

/** A sandbox whose virtual environment is an interpreter and nothing else: enough where no package is installed, and quick. */
export function bareSandbox(environment: Readonly<Record<string, string>> = {}): Sandbox {
  const sandbox = createSandbox({ venv: 'none', environment: { ...OFFLINE, ...environment } });
  onTestFinished(sandbox.remove);
  layBareVenv(sandbox);
  return sandbox;
}

/** Throws away what a bare sandbox holds. */
export function renewBare(sandbox: Sandbox): void {
  renewSandbox(sandbox, { venv: 'none' });
  layBareVenv(sandbox);
}

function layBareVenv({ appRoot }: Sandbox): void {
  mkdirSync(join(appRoot, 'bin'));
  writeFileSync(join(appRoot, 'pyvenv.cfg'), 'home = /usr/bin\ninclude-system-site-packages = false\n');
  symlinkSync('/usr/bin/python3', join(appRoot, 'bin/python'));
  giveTree(appRoot, builder);
}

export interface Again {
  /** The source as it should be. */
  readonly files: Files;
  /** What stands beside the source in every build. */
  readonly prepare?: () => void;
  /** Brings about what makes assemble fail. The source is laid already. */
  readonly harm: () => void | Promise<void>;
  /** Takes the cause away. The source is not laid anew: what was not moved is still there. */
  readonly mend: () => void | Promise<void>;
  readonly options?: HookOptions;
  /** Default: a sandbox with the virtual environment of an image. */
  readonly renew?: (sandbox: Sandbox) => void;
}

/**
 * Assembles with a cause to fail, then again without it, and compares with a build that never failed: the tree must be the
 * same. Gives the failed build's end.
 */
export async function failsThenSucceeds(sandbox: Sandbox, again: Again): Promise<HookEnd> {
  const { files, prepare, harm, mend, options, renew = renewSandbox } = again;
  prepare?.();
  const wanted = await buildOnce(sandbox, files, options);
  renew(sandbox);
  writeSource(sandbox, files);
  await harm();
  const failed = await runHook('assemble', sandbox, options);
  expect(failed.exit, failed.log).not.toBe(0);
  expectSoundError(failed);
  expect(halfWritten(sandbox)).toEqual([]);
  await mend();
  await expectSuccess(sandbox, options);
  expect(differences(wanted, treeOf(sandbox))).toEqual([]);
  return failed;
}

/** The same for an assemble that somebody kills. */
export async function killedThenSucceeds(sandbox: Sandbox, files: Files, kill: () => Promise<void>): Promise<void> {
  const wanted = await buildOnce(sandbox, files, undefined);
  renewSandbox(sandbox);
  writeSource(sandbox, files);
  await kill();
  await expectSuccess(sandbox, undefined);
  expect(differences(wanted, treeOf(sandbox))).toEqual([]);
}

async function buildOnce(sandbox: Sandbox, files: Files, options: HookOptions | undefined): Promise<Snapshot> {
  writeSource(sandbox, files);
  await expectSuccess(sandbox, options);
  return treeOf(sandbox);
}

async function expectSuccess(sandbox: Sandbox, options: HookOptions | undefined): Promise<void> {
  const end = await runHook('assemble', sandbox, options);
  expect(end.exit, end.log).toBe(0);
}

/** One or more errors in our own words: no stack of ours, and nothing about the hooks' own files. */
export function expectSoundError({ stderr, log }: HookEnd): void {
  expect(stderr).toMatch(/^ERROR: \S/m);
  expect(log).not.toMatch(/\n\s+at .+:\d+/);
  expect(log).not.toContain('.cjs');
}

/** The source stands where S2I put it, and nothing of it in the application's folder. */
export function expectUntouched({ source, home, appRoot }: Sandbox, files: Files): void {
  for (const name of Object.keys(files)) expect(existsSync(join(source, name)), name).toBe(true);
  expect(readdirSync(home)).toEqual([]);
  expect(existsSync(join(appRoot, 'etc/s2i'))).toBe(false);
}

/** What a write that was interrupted would leave behind. A record of an import that did not end is no such thing. */
function halfWritten({ appRoot }: Sandbox): readonly string[] {
  return readdirSync(appRoot, { recursive: true, encoding: 'latin1' }).filter((name) =>
    /\.s2i-(new|\d+)$|sources(\.pending)?\.new$/.test(name),
  );
}

/**
 * The tree of a build as far as two builds of the same source agree on it: bytecode begins with the time of its source, and
 * the record of the import holds times.
 */
function treeOf(sandbox: Sandbox): Snapshot {
  return snapshot(sandbox.appRoot, {
    without: /^etc\/s2i\/sources$/,
    reduce: (path, content) => (path.endsWith('.pyc') ? content.subarray(16) : content),
  });
}
