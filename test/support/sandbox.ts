import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { basePath, builder, isRoot, machineCertificates, type User } from './machine.ts';

/** What the hooks find in a container, in a folder of its own. */
export interface Sandbox {
  readonly folder: string;
  readonly appRoot: string;
  /** The folder of the application: $HOME. */
  readonly home: string;
  /** Where S2I unpacks `src` and `artifacts`. */
  readonly destination: string;
  readonly source: string;
  /** What an image sets, and nothing of this process's own environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export interface SandboxOptions {
  /** Added to what the image sets; an empty value counts as in a container: set and empty. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `image` (default): the environment stands there already, as in an image. `none`: assemble has to make it. */
  readonly venv?: 'image' | 'none';
}

/** Makes an image's root without a container: a fresh APP_ROOT and an empty destination, owned by the images' user. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-sandbox-'));
  chmodSync(folder, 0o755);
  const appRoot = join(folder, 'app-root');
  const destination = join(folder, 'tmp');
  const home = join(appRoot, 'src');
  const environment = { ...imageEnvironment(appRoot, home, destination), ...options.environment };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const sandbox = { folder, appRoot, home, destination, source: join(destination, 'src'), environment, remove };
  renewSandbox(sandbox, options);
  return sandbox;
}

/** Throws away what a sandbox holds and makes the image's state again: the next build, in the same place. */
export function renewSandbox({ appRoot, home, destination, source }: Sandbox, options: Pick<SandboxOptions, 'venv'> = {}): void {
  for (const path of [appRoot, destination]) rmSync(path, { recursive: true, force: true });
  if (options.venv !== 'none') copyVenv(inject('image').venv, appRoot);
  for (const path of [appRoot, home, destination, source]) mkdirSync(path, { recursive: true });
  for (const path of [appRoot, home]) {
    give(path, builder);
    chmodSync(path, 0o775);
  }
  giveTree(destination, builder);
  chmodSync(destination, 0o1777);
}

/** Lays a project, or the files of a spec, into the place where S2I unpacks sources. */
export function laySource(sandbox: Sandbox, project: string, owner: User = builder): void {
  mkdirSync(sandbox.source, { recursive: true });
  // cp keeps names that are no UTF-8, links and modes.
  execFileSync('cp', ['-a', '--no-preserve=ownership', `${project}/.`, sandbox.source]);
  giveTree(sandbox.source, owner);
}

/** Writes files by their path below the source; a missing folder is made. */
export function writeSource(sandbox: Sandbox, files: Readonly<Record<string, string>>, owner: User = builder): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(sandbox.source, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    if (name.endsWith('.sh') || name.startsWith('.s2i/hooks/')) chmodSync(path, 0o755);
  }
  giveTree(sandbox.source, owner);
}

/** Gives a whole tree to a user, links included and never followed. Nothing where the tests are not root. */
export function giveTree(path: string, { uid, gid }: User): void {
  if (isRoot) execFileSync('chown', ['-R', '-h', `${uid}:${gid}`, path]);
}

function give(path: string, { uid, gid }: User): void {
  if (isRoot) chownSync(path, uid, gid);
}

/** A virtual environment names its own place in a few files; everything else in it can be copied. */
function copyVenv(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
  for (const name of ['pyvenv.cfg', 'bin/activate', 'bin/activate.csh', 'bin/activate.fish', 'bin/Activate.ps1', ...pips(to)]) {
    const path = join(to, name);
    if (existsSync(path)) writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }
}

function pips(venv: string): readonly string[] {
  const version = /version = (3\.\d+)/.exec(readFileSync(join(venv, 'pyvenv.cfg'), 'utf8'))?.[1];
  return ['bin/pip', 'bin/pip3', `bin/pip${version}`];
}

function imageEnvironment(appRoot: string, home: string, destination: string): Record<string, string> {
  return {
    APP_ROOT: appRoot,
    HOME: home,
    S2I_DESTINATION: destination,
    // What a container's /tmp holds goes with the sandbox.
    TMPDIR: destination,
    PATH: [join(home, '.local/bin'), join(home, 'bin'), join(appRoot, 'bin'), basePath].join(':'),
    LANG: 'en_US.UTF-8',
    LC_ALL: 'en_US.UTF-8',
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'UTF-8',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...(existsSync(machineCertificates) ? { S2I_CA_BUNDLE: machineCertificates } : {}),
  };
}
