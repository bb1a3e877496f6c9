import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Becomes the hook that an image runs, so that both are the same process to everything around them. Gives the exit status
 * when the hook is not there.
 */
export function startHook(name: string, argv: readonly string[]): number {
  const path = join(import.meta.dirname, '../s2i/bin', name);
  if (!existsSync(path)) {
    process.stderr.write(`ERROR: ${path} does not exist. This installation is incomplete; install s2i-python anew.\n`);
    return 70;
  }
  // Only what needs it is loaded before: the application must find the process that it would find in the image.
  process.execve?.(path, [path, ...argv], process.env);
  return 70;
}
