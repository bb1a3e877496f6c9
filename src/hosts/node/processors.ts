import { readFileSync } from 'node:fs';

export interface ProcessorFiles {
  readonly status: string;
  readonly online: string;
}

const files: ProcessorFiles = { status: '/proc/self/status', online: '/sys/devices/system/cpu/online' };

/**
 * How many processors this process may be scheduled on, as sched_getaffinity(2) counts them: what it is allowed and what
 * is there. Node's own count also looks at quotas, which are ours to round, and takes longer, because its module has to
 * be loaded first.
 */
export function countProcessors({ status, online }: ProcessorFiles = files): number {
  const allowed = numbersIn(fieldOf(contentOf(status), 'Cpus_allowed_list:'));
  if (allowed.length === 0) return process.getBuiltinModule('node:os').availableParallelism();
  const present = new Set(numbersIn(contentOf(online)));
  return present.size === 0 ? allowed.length : allowed.filter((number) => present.has(number)).length;
}

/** What stands behind a word up to the end of its line; no regular expression, because `run` waits for it. */
function fieldOf(text: string, word: string): string {
  const start = text.indexOf(word);
  return start < 0 ? '' : text.slice(start + word.length, text.indexOf('\n', start));
}

/** The numbers of a list such as `0-3,8`. */
function numbersIn(list: string): readonly number[] {
  const numbers: number[] = [];
  for (const range of list.split(',')) {
    const [first = '', last = first] = range.trim().split('-');
    if (first !== '') for (let number = Number(first); number <= Number(last); number += 1) numbers.push(number);
  }
  return numbers;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
