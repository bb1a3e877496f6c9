import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { anyUser, isRoot } from './machine.ts';

/** Nothing is told about the port: it has to be found as in a probe. Only where the hooks under test are the native ones. */
export function expectHealthy(directory: string, environment: Readonly<Record<string, string | undefined>>, port: number): void {
  const program = join(inject('image').hooks, 's2i-python');
  if (!existsSync(program)) return;
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
  const { status, stdout, stderr } = spawnSync(program, ['healthcheck'], {
    cwd: directory,
    env,
    encoding: 'utf8',
    ...(isRoot ? anyUser : {}),
  });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: `OK: port ${port} accepts connections\n` });
}
