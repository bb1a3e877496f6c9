import type { Limits } from './limits.ts';

/** How many processes serve requests, and why. */
export interface Workers {
  readonly count: number;
  /** What the count follows from, for people. */
  readonly why: string;
}

/** MiB that the server's first process needs (B81). */
const BASE_MEMORY = 43;
/** MiB for each worker (B81). */
const WORKER_MEMORY = 40;
const WORKERS_PER_CORE = 2;
/** Enough for hundreds of requests a second, says gunicorn's manual. */
const MOST_WORKERS = 12;
const MEBIBYTE = 1024 * 1024;

/** B81: two for each core, fewer when memory is short, at most 12 and at least 1. Cores unknown: 1 (B88). */
export function countWorkers({ cores, memory }: Limits): Workers {
  if (cores === undefined) return { count: 1, why: 'the number of CPUs is not known' };
  const byCores = cores.value * WORKERS_PER_CORE;
  const cpus = `${cores.value} ${cores.value === 1 ? 'CPU' : 'CPUs'} by ${cores.of}`;
  const rule = `at most ${WORKERS_PER_CORE} per CPU, ${WORKER_MEMORY} MiB each, ${MOST_WORKERS} in all`;
  if (typeof memory !== 'object') {
    return {
      count: Math.min(byCores, MOST_WORKERS),
      why: `${cpus}, no memory limit${memory === undefined ? ' known' : ''}; ${rule}`,
    };
  }
  const mebibytes = Math.floor(memory.value / MEBIBYTE);
  const byMemory = Math.trunc((mebibytes - BASE_MEMORY) / WORKER_MEMORY);
  const count = Math.min(Math.max(Math.min(byMemory, byCores), 1), MOST_WORKERS);
  return { count, why: `${cpus}, ${mebibytes} MiB by ${memory.of}; ${rule}` };
}
