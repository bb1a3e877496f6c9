import type { Limits } from './limits.ts';

/** How many processes serve requests, and why. */
export interface Workers {
  readonly count: number;
  /** What the count follows from, for people. */
  readonly why: string;
}

/** MiB that the server's first process needs (B81). */
const BASE_MEMORY = 43;
/** Enough for hundreds of requests a second, says gunicorn's manual. */
const MOST_WORKERS = 12;
const MEBIBYTE = 1024 * 1024;

/**
 * What one worker takes. `sync`: the incumbent's numbers (B81). `async`: one event loop keeps a CPU busy, and a worker with
 * FastAPI takes 42 to 51 MiB, idle (docs/upstream/servers.md V6).
 */
const SHARES = { sync: { perCore: 2, memory: 40 }, async: { perCore: 1, memory: 60 } } as const;

/** B81: some for each core, fewer when memory is short, at most 12 and at least 1. Cores unknown: 1 (B88). */
export function countWorkers({ cores, memory }: Limits, handling: 'sync' | 'async'): Workers {
  if (cores === undefined) return { count: 1, why: 'the number of CPUs is not known' };
  const share = SHARES[handling];
  const byCores = cores.value * share.perCore;
  const cpus = `${cores.value} ${cores.value === 1 ? 'CPU' : 'CPUs'} by ${cores.of}`;
  const rule = `at most ${share.perCore} per CPU, ${share.memory} MiB each, ${MOST_WORKERS} in all`;
  if (typeof memory !== 'object') {
    return {
      count: Math.min(byCores, MOST_WORKERS),
      why: `${cpus}, no memory limit${memory === undefined ? ' known' : ''}; ${rule}`,
    };
  }
  const mebibytes = Math.floor(memory.value / MEBIBYTE);
  const byMemory = Math.trunc((mebibytes - BASE_MEMORY) / share.memory);
  const count = Math.min(Math.max(Math.min(byMemory, byCores), 1), MOST_WORKERS);
  return { count, why: `${cpus}, ${mebibytes} MiB by ${memory.of}; ${rule}` };
}
