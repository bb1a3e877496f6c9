import type { Reader } from '../../execute/reader.ts';
import { type CgroupFiles, cgroupFiles } from './files.ts';

/** A limit and the name of the file or variable it was read from. */
export interface Limit {
  readonly value: number;
  readonly of: string;
}

/** What bounds this process. Undefined: not known (for memory that also means no limit was told). */
export interface Limits {
  /** Whole CPUs, at least 1: the smallest of quota (rounded up, B86 bettered), cpuset and what the scheduler allows (B85). */
  readonly cores: Limit | undefined;
  /** Bytes; `unlimited` when the system says that there is none. */
  readonly memory: Limit | 'unlimited' | undefined;
}

/** From here on a memory limit counts as none (B83). Bytes. */
const AS_GOOD_AS_NONE = 92_233_720_368_547;

/** Reads cgroup files of version 1, 2 and both; `root` is where `/sys` and `/proc` lie (`/` except for fixtures). */
export function readLimits(reader: Reader, root: string): Limits {
  const files = cgroupFiles(reader, root);
  const fromEnvironment = (name: string) => environmentLimit(reader.environment[name], name);
  return {
    cores: readCores(reader, files) ?? fromEnvironment('NUMBER_OF_CORES'),
    memory: readMemory(files) ?? fromEnvironment('MEMORY_LIMIT_IN_BYTES'),
  };
}

/** B88: what the files do not tell may stand in the environment. */
function environmentLimit(text: string | undefined, of: string): Limit | undefined {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) && Number(text) > 0 ? { value: Number(text), of } : undefined;
}

function readCores(reader: Reader, files: CgroupFiles): Limit | undefined {
  const processors = reader.processors();
  const known = [
    readQuota(files),
    readCpuset(files),
    processors > 0 ? { value: processors, of: 'the processors of the machine' } : undefined,
  ].filter((limit) => limit !== undefined);
  return known.reduce<Limit | undefined>((least, limit) => (least && least.value <= limit.value ? least : limit), undefined);
}

function readQuota(files: CgroupFiles): Limit | undefined {
  const quota = files.first({ name: 'cpu.cfs_quota_us', controller: 'cpu' });
  if (quota !== undefined) {
    const period = files.first({ name: 'cpu.cfs_period_us', controller: 'cpu' });
    return wholeCpus(quota.text, period?.text ?? '', quota.of);
  }
  const lines = files.chain('cpu.max').map((line) => line.split(/\s+/));
  const limits = lines
    .map(([most, period]) => wholeCpus(most ?? '', period ?? '', 'cpu.max'))
    .filter((limit) => limit !== undefined);
  return limits.reduce<Limit | undefined>((least, limit) => (least && least.value <= limit.value ? least : limit), undefined);
}

function wholeCpus(quota: string, period: string, of: string): Limit | undefined {
  if (!/^[0-9]{1,15}$/.test(quota) || !/^[0-9]{1,15}$/.test(period) || Number(period) === 0) return undefined;
  return { value: Math.max(1, Math.ceil(Number(quota) / Number(period))), of };
}

function readCpuset(files: CgroupFiles): Limit | undefined {
  const set = files.first({ name: 'cpuset.cpus', controller: 'cpuset' }, { name: 'cpuset.cpus.effective' });
  const count = set === undefined ? 0 : countCpus(set.text);
  return set === undefined || count === 0 ? undefined : { value: count, of: set.of };
}

/** How many CPUs a list such as `0-3,8` names; 0 when it is empty or no such list (B87). */
export function countCpus(list: string): number {
  let count = 0;
  for (const part of list.split(',')) {
    const range = /^([0-9]{1,6})(?:-([0-9]{1,6}))?$/.exec(part.trim());
    if (range === null) return 0;
    count += range[2] === undefined ? 1 : Math.max(0, Number(range[2]) - Number(range[1]) + 1);
  }
  return count;
}

function readMemory(files: CgroupFiles): Limits['memory'] {
  const limits = readMemoryTexts(files).map(({ text, of }) => memoryLimit(text, of));
  const numbers = limits.filter((limit) => typeof limit === 'object');
  if (numbers.length === 0) return limits.includes('unlimited') ? 'unlimited' : undefined;
  return numbers.reduce((least, limit) => (least.value <= limit.value ? least : limit));
}

/** The texts that tell the memory limit: version 1's one file, or version 2's from the own group upwards (B84). */
export function readMemoryTexts(files: CgroupFiles): readonly { readonly text: string; readonly of: string }[] {
  const first = files.first({ name: 'memory.limit_in_bytes', controller: 'memory' });
  return first === undefined ? files.chain('memory.max').map((text) => ({ text, of: 'memory.max' })) : [first];
}

function memoryLimit(text: string, of: string): Limit | 'unlimited' | undefined {
  if (text === 'max') return 'unlimited';
  if (!/^[0-9]{1,20}$/.test(text)) return undefined;
  return Number(text) >= AS_GOOD_AS_NONE ? 'unlimited' : { value: Number(text), of };
}
