import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { applications } from './applications.ts';
import type { Root } from './overlay.ts';
import { places, user } from './places.ts';
import { stubProgram } from './stub.ts';

/** What every root has before any hook: the image's user and a program that does nothing. */
export function addUser(root: Root): void {
  const passwd = join(root.path, 'etc/passwd');
  if (new RegExp(`^[^:]*:[^:]*:${user.id}:`, 'm').test(readFileSync(passwd, 'utf8'))) return;
  appendFileSync(passwd, `default:x:${user.id}:${user.group}:Default Application User:${places.home}:/sbin/nologin\n`);
}

export interface OurHooks {
  /** Folder of this project, which holds the entries. */
  readonly project: string;
  /** Folder of the bundles. */
  readonly bundles: string;
}

/** Our hooks as an image carries them: entries, bundles and Node, without a `node_modules` tree. */
export function addOurHooks(root: Root, { project, bundles }: OurHooks): void {
  const hooks = join(root.path, places.hooks);
  mkdirSync(dirname(join(root.path, places.node)), { recursive: true });
  cpSync(process.execPath, join(root.path, places.node));
  cpSync(join(project, 's2i/bin'), hooks, { recursive: true });
  cpSync(bundles, join(hooks, 'lib'), { recursive: true });
  writeFileSync(join(root.path, places.bench, 'stub'), stubProgram(process.arch), { mode: 0o755 });
  writeFileSync(join(root.path, places.floor), `process.execve('${places.bench}/stub', ['stub'], process.env);\n`);
}

/** The native executable and its names, and nothing beside it. */
export function addNativeHooks(root: Root, program: string): void {
  const hooks = join(root.path, places.hooks);
  mkdirSync(hooks, { recursive: true });
  copyFileSync(program, join(hooks, 's2i-python'));
  for (const name of nativeNames) symlinkSync('s2i-python', join(hooks, name));
  writeFileSync(join(root.path, places.bench, 'stub'), stubProgram(process.arch), { mode: 0o755 });
}

const nativeNames = ['assemble', 'save-artifacts', 'run', 'fix-permissions', 'plan', 'init-wrapper', 'container-entrypoint'];

/**
 * Lays other hooks over a root: `root/` on the file system and `s2i/bin/` where the hooks are. What `root/` holds below
 * /opt/app-root goes into each application, because these take turns there.
 */
export async function addBaseline(root: Root, baseline: string): Promise<void> {
  lay(join(baseline, 'root'), root.path);
  lay(join(baseline, 's2i/bin'), join(root.path, places.hooks));
  rmSync(join(root.path, places.appRoot), { recursive: true, force: true });
  for (const name of applications) {
    const folder = join(root.path, places.bench, name);
    lay(join(baseline, 'root', places.appRoot), folder);
    await execa('chown', ['-hR', `${user.id}:${user.group}`, folder]);
  }
  // Scripts of a Red Hat system name its own Python.
  const python = join(root.path, 'usr/libexec/platform-python');
  if (!existsSync(python)) symlinkSync('/usr/bin/python3', python);
}

/** Lays a folder over another, where it is there. */
export function lay(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
