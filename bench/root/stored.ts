import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Root, showAt } from './overlay.ts';
import { imageEnvironment, places, user } from './places.ts';

/**
 * Has an application assembled by the hooks of a root, so that how it is started stands in the environment. Throws when
 * assemble fails or has stored nothing.
 */
export async function assembleIn(root: Root, application: string): Promise<void> {
  const hide = showAt(root, join(places.bench, application), places.appRoot);
  const at = (path: string) => join(root.path, path);
  renameSync(at(places.home), at(places.drop));
  mkdirSync(at(places.home), { mode: 0o775 });
  await execa('chown', [`${user.id}:${user.group}`, at(places.home)]);
  const hook = ['--userspec', `${user.id}:${user.group}`, root.path, join(places.hooks, 'assemble')];
  const env = { ...imageEnvironment, DISABLE_COLLECTSTATIC: '1' };
  await execa('chroot', hook, { env, extendEnv: false });
  rmSync(at(places.drop), { recursive: true, force: true });
  const stored = existsSync(at(join(places.appRoot, 'etc/s2i/launch.json')));
  hide();
  if (!stored) throw new Error(`assemble stored no start command for ${application}`);
}
