import { spawnSync } from 'node:child_process';
import { isAlive } from './folder.ts';
import { makerOf } from './names.ts';
import { sharedStore } from './store.ts';

/** Removes what runs of the tests left that were killed: containers and images named for a process that is gone. */
export function sweep(): void {
  for (const name of printed('ps', '--all', '--external', '--format', '{{.Names}}'))
    if (isLeft(name)) podman('rm', '--force', '--time=0', name);
  for (const name of printed('images', '--format', '{{.Repository}}:{{.Tag}}'))
    if (isLeft(name)) podman('image', 'rm', '--force', name);
}

/** Removes layers of builds that no image needs any more. */
export function prune(): void {
  podman('image', 'prune', '--force');
}

function isLeft(name: string): boolean {
  const maker = makerOf(name);
  return maker !== undefined && !isAlive(maker);
}

function printed(...argv: readonly string[]): readonly string[] {
  return podman(...argv)
    .stdout.split('\n')
    .filter(Boolean);
}

function podman(...argv: readonly string[]) {
  return spawnSync('podman', argv, { env: sharedStore.environment, encoding: 'utf8' });
}
