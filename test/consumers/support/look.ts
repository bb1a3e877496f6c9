import { expect } from 'vitest';
import type { Engine, RunRequest } from '../../../src/engine/engine.ts';
import { runContainer } from '../../engine/support/containers.ts';

/** What a command prints in a container of an image, without a network; it has to succeed. */
export async function printedIn(
  engine: Engine,
  image: string,
  command: readonly string[],
  more: Partial<RunRequest> = {},
): Promise<readonly string[]> {
  const { status, log } = await runContainer(engine, { network: 'none', ...more, image, command });
  expect(status, log).toBe(0);
  return log.split('\n').filter((line) => line !== '');
}

/**
 * The application's tree in an image: path, mode, owner and content of everything, as far as two clean builds of the same
 * source agree. Bytecode begins with the time of its source, and the record of the import holds such times.
 */
export function treeIn(engine: Engine, image: string): Promise<readonly string[]> {
  return printedIn(engine, image, ['python', '-c', TREE]);
}

const TREE = `
import hashlib, os, stat
root = os.environ["APP_ROOT"]
for folder, folders, files in os.walk(root):
    for name in folders + files:
        path = os.path.join(folder, name)
        below = os.path.relpath(path, root)
        if below == "etc/s2i/sources":
            continue
        status = os.lstat(path)
        content = "folder"
        if stat.S_ISLNK(status.st_mode):
            content = os.readlink(path)
        elif stat.S_ISREG(status.st_mode):
            data = open(path, "rb").read()
            content = hashlib.sha256(data[16:] if name.endswith(".pyc") else data).hexdigest()
        print(below, oct(status.st_mode), status.st_uid, status.st_gid, content)
`;

/** Paths that differ between two trees, whichever has them. */
export function differing(one: readonly string[], two: readonly string[]): readonly string[] {
  const [first, second] = [new Set(one), new Set(two)];
  return [...one.filter((line) => !second.has(line)), ...two.filter((line) => !first.has(line))].sort();
}

/** What lies in the folders for temporary files and for caches: nothing a build needed only for itself may stay there. */
export function leftoversIn(engine: Engine, image: string): Promise<readonly string[]> {
  return printedIn(engine, image, ['sh', '-c', LEFTOVERS]);
}

/** Empty folders that s2i itself leaves are no leftovers of ours (A2). */
const LEFTOVERS = `
find /tmp /var/tmp /run/secrets -mindepth 1 ! -path /tmp/src ! -path /tmp/scripts 2>/dev/null
find / -xdev -path /proc -prune -o \\( -name .cache -o -name pip-cache -o -name __pip__ \\) -print 2>/dev/null
find /opt/app-root ! -perm -g=rw ! -type l
find /opt/app-root ! -group 0
true
`;
