import { execa } from 'execa';
import { sharedStore } from './store.ts';

/** Runs a command in a container of podman's shared store; its status and what it printed, both streams. */
export function execIn(
  container: string,
  ...command: readonly string[]
): Promise<{ readonly status: number; readonly log: string }> {
  return podman('exec', container, ...command);
}

/** Runs the check that the image of a container names, as podman does on its own where there is systemd. */
export function checkHealth(container: string): Promise<{ readonly status: number; readonly log: string }> {
  return podman('healthcheck', 'run', container);
}

async function podman(...argv: readonly string[]): Promise<{ readonly status: number; readonly log: string }> {
  const { exitCode = -1, all } = await execa('podman', argv, {
    env: sharedStore.environment,
    extendEnv: false,
    reject: false,
    all: true,
  });
  return { status: exitCode, log: all };
}
