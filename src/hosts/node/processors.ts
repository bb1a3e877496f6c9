import { readFileSync } from 'node:fs';

export interface ProcessorFiles {
  readonly status: string;
  readonly online: string;
}

const files: ProcessorFiles = { status: '/proc/self/status', online: '/sys/devices/system/cpu/online' };

/**
 * How many processors this process may be scheduled on, as sched_getaffinity(2) counts them: what it is allowed and what
 * is there. Node's own count is another, because it rounds a quota of the control group down, and its module takes a
 * quarter of a millisecond to load.
 */
export function countProcessors({ status, online }: ProcessorFiles = files): number {
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(contentOf(status))?.[1];
  if (allowed === undefined) return process.getBuiltinModule('node:os').availableParallelism();
  const present = new Set(numbersIn(contentOf(online)));
  return numbersIn(allowed).filter((number) => present.size === 0 || present.has(number)).length;
}

/** The numbers of a list such as `0-3,8`. */
function numbersIn(list: string): readonly number[] {
  return [...list.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first = '', last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
