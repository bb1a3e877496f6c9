import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Short, because sockets stand below it. Followed by the process that made the folder. */
const prefix = 's2i-eng-';

/** A folder that engines mount in and start processes from. */
export function engineFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), `${prefix}${process.pid}-`));
}

/** The same in memory, where that can be mounted: the engines wait for the disk after each step. `size` is the most it takes. */
export function engineFolderInMemory(size: `${number}g`): string {
  const folder = engineFolder();
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 's2i-test', folder]);
  return folder;
}

/** Removes, with all that runs from them, the folders of tests that were killed. */
export async function sweepEngineFolders(): Promise<void> {
  const parent = realpathSync(tmpdir());
  for (const name of readdirSync(parent)) {
    const maker = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) await removeEngineFolder(join(parent, name));
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends what still names the folder, unmounts what is mounted there and below, and removes it. */
export async function removeEngineFolder(folder: string): Promise<void> {
  for (const pid of [...processesNaming(folder), ...processesRootedIn(folder)]) kill(pid);
  for (const path of mountsBelow(folder)) await execa('umount', ['--lazy', path], { reject: false });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Processes with a text in their command line, which has to be so unusual that nobody else's has it. Never this process. */
export function processesNaming(text: string): readonly number[] {
  return others().filter((pid) => read(`/proc/${pid}/cmdline`).includes(text));
}

/** Processes of containers, whose parents may be gone: the layers that their `/` is made of lie in the folder. */
function processesRootedIn(folder: string): readonly number[] {
  const isRoot = (mount: string) => mount.split(' ')[4] === '/' && mount.includes(`${folder}/`);
  return others().filter((pid) => read(`/proc/${pid}/mountinfo`).split('\n').some(isRoot));
}

function others(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number);
}

/** Empty for a process that has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** The innermost first, the folder itself last. */
function mountsBelow(folder: string): readonly string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .reverse();
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
