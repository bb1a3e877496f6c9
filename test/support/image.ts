import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleHooks } from '../../scripts/bundle-hooks.ts';
import { makeEnglishLocale } from './apt.ts';
import { basePath, builder, isRoot, machineCertificates } from './machine.ts';

/** What the tests of real hooks share: the parts of an image that do not change from build to build. */
export interface TestImage {
  /** The folder of the hooks under test, as /usr/libexec/s2i is in an image: nothing of this repository. */
  readonly hooks: string;
  /** The one of the Node hooks: bundles and Node. */
  readonly nodeHooks: string;
  /** A virtual environment as it is made for an image; copies of it are moved into each sandbox. */
  readonly venv: string;
  /** Variables with which pip finds this machine's index, and keeps what it downloaded from run to run. */
  readonly pip: Readonly<Record<string, string>>;
  /** Address of the package index that pip uses on this machine. */
  readonly index: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    image: TestImage;
  }
}

const root = join(import.meta.dirname, '../..');

/** Makes the image once for all files of the project `real`, and removes it afterwards. */
export default async function setup(project: TestProject): Promise<() => void> {
  const { image, remove } = await makeImage();
  project.provide('image', image);
  return remove;
}

export async function makeImage(): Promise<{ readonly image: TestImage; readonly remove: () => void }> {
  makeEnglishLocale();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-image-'));
  chmodSync(folder, 0o755);
  const hooks = join(folder, 'libexec/s2i');
  cpSync(join(root, 's2i/bin'), hooks, { recursive: true });
  await bundleHooks(join(hooks, 'lib'));
  copyFileSync(process.execPath, join(hooks, 'lib/node'));
  const venv = join(folder, 'venv');
  command(['python3', '-m', 'venv', venv]);
  if (isRoot) command(['chown', '-R', '-h', `${builder.uid}:${builder.gid}`, venv]);
  // As fix-permissions leaves it in an image.
  command(['chmod', '-R', 'g=u', venv]);
  const index = packageIndex(venv);
  // What pip compiles it keeps only when it builds a wheel of it, which older ones do not by themselves.
  const cache = pipCache(folder);
  const pip = { PIP_CACHE_DIR: cache, PIPENV_CACHE_DIR: cache, PIP_USE_PEP517: '1', ...index.variables };
  const image = { hooks, nodeHooks: hooks, venv, pip, index: index.url };
  return { image, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Below the repository where the user of the builds can write there, else only for this run. */
function pipCache(folder: string): string {
  const kept = join(root, '.cache/test-pip');
  mkdirSync(kept, { recursive: true });
  if (!isRoot) return kept;
  chownSync(kept, builder.uid, builder.gid);
  const asBuilder = ['setpriv', `--reuid=${builder.uid}`, `--regid=${builder.gid}`, '--clear-groups'];
  if (spawnSync(asBuilder[0] ?? '', [...asBuilder.slice(1), 'test', '-w', kept]).status === 0) return kept;
  const temporary = join(folder, 'pip-cache');
  mkdirSync(temporary);
  chownSync(temporary, builder.uid, builder.gid);
  return temporary;
}

/** What pip is configured to use, or what it uses without configuration: asked of pip, so that no host stands here. */
function packageIndex(venv: string): { readonly url: string; readonly variables: Readonly<Record<string, string>> } {
  const { PIP_INDEX_URL } = process.env;
  if (PIP_INDEX_URL !== undefined && PIP_INDEX_URL !== '') return { url: PIP_INDEX_URL, variables: { PIP_INDEX_URL } };
  const pip = join(venv, 'bin/pip');
  for (const key of ['global.index-url', 'install.index-url']) {
    const { status, stdout } = spawnSync(pip, ['config', 'get', key], { encoding: 'utf8' });
    // A configuration file of the system is read in the sandboxes too.
    if (status === 0 && stdout.trim() !== '') return { url: stdout.trim(), variables: {} };
  }
  const ask = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';
  return { url: command([join(venv, 'bin/python'), '-c', ask]), variables: {} };
}

function command([program = '', ...args]: readonly string[]): string {
  const environment = {
    PATH: basePath,
    HOME: '/',
    ...(existsSync(machineCertificates) ? { PIP_CERT: machineCertificates } : {}),
  };
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env: environment, cwd: '/' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout.trim();
}
