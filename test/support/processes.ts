import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** What /proc tells about processes that a test started. */

/** The process and everything it started that is still there, parents first. */
export function familyOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

export function childrenOf(pid: number): readonly number[] {
  const threads = tryList(`/proc/${pid}/task`);
  const children = threads.map((thread) => tryRead(`/proc/${pid}/task/${thread}/children`));
  return children.flatMap((line) => line.split(' ').filter(Boolean).map(Number));
}

/** Name of the program file that a process executes; empty when it has ended. */
export function programOf(pid: number): string {
  return basename(tryLink(`/proc/${pid}/exe`));
}

/** State and processor time of a process, as text: equal twice and asleep, it did nothing in between. */
export function activityOf(pid: number): string {
  // The name in brackets may hold anything; what follows is state, ten numbers, then the time in user and in system mode.
  const [state = '', ...numbers] = tryRead(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return `${state} ${numbers[10]} ${numbers[11]}`;
}

/** The user a process runs as. */
export function uidOf(pid: number): number {
  return Number(/^Uid:\s+\d+\s+(\d+)/m.exec(tryRead(`/proc/${pid}/status`))?.[1] ?? -1);
}

export interface Listener {
  /** `0.0.0.0`, `127.0.0.1`, `::` or the kernel's hexadecimal form of another address. */
  readonly address: string;
  readonly inode: string;
}

/** Sockets that listen on a port. */
export function listenersOn(port: number): readonly Listener[] {
  const listening = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    tryRead(file)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
        const [address = '', hexadecimal = ''] = local.split(':');
        if (state !== listening || Number.parseInt(hexadecimal, 16) !== port) return [];
        return [{ address: addresses[address] ?? address, inode }];
      }),
  );
}

const addresses: Readonly<Record<string, string>> = {
  '00000000': '0.0.0.0',
  '0100007F': '127.0.0.1',
  '00000000000000000000000000000000': '::',
};

/** True when a process has a socket open. */
export function holds(pid: number, { inode }: Listener): boolean {
  return tryList(`/proc/${pid}/fd`).some((name) => tryLink(`/proc/${pid}/fd/${name}`) === `socket:[${inode}]`);
}

/** Every process that has a socket open that listens on a port: a server and the workers it started. */
export function holdersOf(port: number): readonly number[] {
  const listeners = listenersOn(port);
  const processes = tryList('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((pid) => listeners.some((listener) => holds(pid, listener)));
}

function tryList(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function tryLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
