import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './folder.ts';

/** Lets one process at a time do something; the others wait. A lock of a process that is gone counts for nothing. */
export async function withLock<Value>(file: string, action: () => Promise<Value>): Promise<Value> {
  while (!take(file)) await sleep(500);
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The same where nothing else can be done meanwhile. */
export function withLockSync<Value>(file: string, action: () => Value): Value {
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!take(file)) Atomics.wait(never, 0, 0, 500);
  try {
    return action();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true });
    return false;
  }
}

/** Undefined when it was given back in the meantime, or is being written. */
function holderOf(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? undefined : Number(text);
  } catch {
    return undefined;
  }
}
