import { readdirSync, readFileSync } from 'node:fs';

/** From asking to end to insisting, twice. Milliseconds. */
const PATIENCE = 5000;

/**
 * Ends a process group when the signal aborts or this process exits. First only what the engine started is asked to end:
 * the engine then sees its step fail and removes the step's container. Ended itself, podman leaves the container behind
 * and exits with 0 (docs/upstream/engines.md, E9).
 */
export function createEnding(leader: number | undefined, signal: AbortSignal | undefined): { readonly done: () => void } {
  if (leader === undefined) return { done: () => undefined };
  const timers: NodeJS.Timeout[] = [];
  const kill = () => send(-leader, 'SIGKILL');
  const end = () => {
    const steps = membersOf(leader).filter((pid) => pid !== leader);
    for (const pid of steps.length === 0 ? [-leader] : steps) send(pid, 'SIGTERM');
    timers.push(
      setTimeout(() => send(-leader, 'SIGTERM'), PATIENCE),
      setTimeout(kill, 2 * PATIENCE),
    );
  };
  signal?.addEventListener('abort', end, { once: true });
  process.once('exit', kill);
  return {
    done: () => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      process.removeListener('exit', kill);
      // Steps outlive an engine that was ended itself.
      kill();
    },
  };
}

/** Processes of a group, where /proc tells; else none. */
function membersOf(group: number): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && groupOf(name) === group)
      .map(Number);
  } catch {
    return [];
  }
}

/** The third field after the program's name, which is in parentheses and may hold anything. */
function groupOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
