import { execa } from 'execa';
import type { OpenedEngine } from './each-engine.ts';

/** Every container an engine has, those of builds too. */
export async function containersOf({ engine, environment }: OpenedEngine): Promise<readonly string[]> {
  const argv = {
    podman: ['ps', '--all', '--external', '--quiet'],
    buildah: ['containers', '--all', '--quiet'],
    docker: ['ps', '--all', '--quiet'],
  }[engine.name];
  const { stdout } = await execa(engine.name, argv, { env: environment, extendEnv: false });
  return stdout.split('\n').filter(Boolean);
}
