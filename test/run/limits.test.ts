import { describe, expect, test } from 'vitest';
import { countCpus, readLimits } from '../../src/inspect/limits/limits.ts';
import { cgroupLimits } from '../../src/inspect/limits/lines.ts';
import { countWorkers } from '../../src/inspect/limits/workers.ts';
import { createScriptedReader, type MemoryEntry } from '../support/scripted-reader.ts';

const fs = '/sys/fs/cgroup';
const MiB = 1024 * 1024;

interface Machine {
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly processors?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

function limits({ files = {}, processors = 64, environment = {} }: Machine) {
  return readLimits(createScriptedReader({ files, processors, environment }), '/');
}

function lines({ files = {}, processors = 64, environment = {} }: Machine) {
  return cgroupLimits(createScriptedReader({ files, processors, environment }), '/');
}

/** The files of a container with cgroup version 1. */
function one({ quota = '-1', period = '100000', cpus = '0-63', memory = '9223372036854771712' }: Record<string, string>) {
  return {
    [`${fs}/cpu/cpu.cfs_quota_us`]: `${quota}\n`,
    [`${fs}/cpu/cpu.cfs_period_us`]: `${period}\n`,
    [`${fs}/cpuset/cpuset.cpus`]: `${cpus}\n`,
    [`${fs}/memory/memory.limit_in_bytes`]: `${memory}\n`,
  };
}

/** The files of a container with cgroup version 2. */
function two({ cpu = 'max 100000', cpus = '0-63', memory = 'max' }: Record<string, string>) {
  return {
    [`${fs}/cgroup.controllers`]: 'cpuset cpu io memory pids\n',
    [`${fs}/cpu.max`]: `${cpu}\n`,
    [`${fs}/cpuset.cpus.effective`]: `${cpus}\n`,
    [`${fs}/memory.max`]: `${memory}\n`,
  };
}

describe('cores', () => {
  test.each([
    ['50000 100000', 1],
    ['100000 100000', 1],
    ['150000 100000', 2],
    ['250000 100000', 3],
    ['400000 100000', 4],
    ['1000 100000', 1],
    ['max 100000', 64],
    ['', 64],
    ['nonsense', 64],
    ['100000 0', 64],
  ])('[B85] [B86] version 2, cpu.max %j: %i', (cpu, cores) => {
    expect(limits({ files: two({ cpu }) }).cores?.value).toBe(cores);
  });

  test.each([
    ['-1', 64],
    ['50000', 1],
    ['150000', 2],
    ['800000', 8],
  ])('[B85] [B86] version 1, quota %s: %i', (quota, cores) => {
    expect(limits({ files: one({ quota }) }).cores?.value).toBe(cores);
  });

  test('[B85] the smallest of quota, cpuset and processors counts, and is named', () => {
    const cpu = '300000 100000';
    expect(limits({ files: two({ cpu, cpus: '0-7' }) }).cores).toEqual({ value: 3, of: 'cpu.max' });
    expect(limits({ files: two({ cpu, cpus: '2,4' }) }).cores).toEqual({ value: 2, of: 'cpuset.cpus.effective' });
    expect(limits({ files: two({ cpu }), processors: 1 }).cores).toEqual({ value: 1, of: 'the processors of the machine' });
    expect(limits({ files: one({ quota: '300000', cpus: '0' }) }).cores).toEqual({ value: 1, of: 'cpuset.cpus' });
  });

  test.each([
    ['0-3,8', 5],
    ['0', 1],
    ['0-0', 1],
    ['1,3,5', 3],
    ['', 0],
    ['\n', 0],
    ['a-b', 0],
    ['3-1', 0],
  ])('[B85] [B87] the CPU list %j has %i', (list, count) => {
    expect(countCpus(list)).toBe(count);
  });

  test('[B87] an empty cpuset is passed over', () => {
    expect(limits({ files: two({ cpus: '' }), processors: 6 }).cores?.value).toBe(6);
    expect(limits({ files: one({ cpus: '' }), processors: 6 }).cores?.value).toBe(6);
  });

  test('[B87] without any file the processors count', () => {
    expect(limits({ processors: 6 })).toEqual({ cores: { value: 6, of: 'the processors of the machine' }, memory: undefined });
  });

  test("a machine's own `cpu,cpuacct` is read where there is no link to it", () => {
    const files = { [`${fs}/cpu,cpuacct/cpu.cfs_quota_us`]: '200000', [`${fs}/cpu,cpuacct/cpu.cfs_period_us`]: '100000' };
    expect(limits({ files }).cores?.value).toBe(2);
  });

  test('a hybrid machine has its controllers in version 1', () => {
    const files = {
      ...one({ quota: '200000' }),
      [`${fs}/unified/cgroup.controllers`]: '\n',
      '/proc/self/cgroup': '4:cpu,cpuacct:/docker/a\n0::/docker/a\n',
    };
    expect(limits({ files }).cores).toEqual({ value: 2, of: 'cpu.cfs_quota_us' });
  });
});

describe('version 2 without a namespace', () => {
  const own = `${fs}/system.slice/app.scope`;
  const files = {
    [`${fs}/cgroup.controllers`]: 'cpu memory\n',
    '/proc/self/cgroup': '0::/system.slice/app.scope\n',
    [`${own}/cpu.max`]: 'max 100000\n',
    [`${own}/memory.max`]: '1073741824\n',
    [`${own}/cpuset.cpus.effective`]: '0-63\n',
  };

  test('the own group is found by /proc/self/cgroup', () => {
    expect(limits({ files })).toEqual({
      cores: { value: 64, of: 'cpuset.cpus.effective' },
      memory: { value: 1024 * MiB, of: 'memory.max' },
    });
  });

  test('a limit of a group above counts too', () => {
    const above = { [`${fs}/system.slice/cpu.max`]: '200000 100000\n', [`${fs}/system.slice/memory.max`]: '536870912\n' };
    expect(limits({ files: { ...files, ...above } })).toEqual({
      cores: { value: 2, of: 'cpu.max' },
      memory: { value: 512 * MiB, of: 'memory.max' },
    });
  });

  test('where the mount is the own group, its path leads nowhere else', () => {
    const inside = { ...two({ cpu: '100000 100000' }), '/proc/self/cgroup': '0::/../../other\n' };
    expect(limits({ files: inside }).cores?.value).toBe(1);
  });
});

describe('memory', () => {
  test.each([
    ['536870912', { value: 512 * MiB, of: 'memory.max' }],
    ['max', 'unlimited'],
    ['92233720368547', 'unlimited'],
    ['nonsense', undefined],
    ['', undefined],
  ])('[B84] version 2, %j', (memory, limit) => {
    expect(limits({ files: two({ memory }) }).memory).toEqual(limit);
  });

  test.each([
    ['536870912', { value: 512 * MiB, of: 'memory.limit_in_bytes' }],
    ['9223372036854771712', 'unlimited'],
  ])('[B84] version 1, %s', (memory, limit) => {
    expect(limits({ files: one({ memory }) }).memory).toEqual(limit);
  });
});

describe('the environment', () => {
  test('[B88] tells what the files do not', () => {
    const environment = { NUMBER_OF_CORES: '3', MEMORY_LIMIT_IN_BYTES: '134217728' };
    expect(limits({ environment, processors: 0 })).toEqual({
      cores: { value: 3, of: 'NUMBER_OF_CORES' },
      memory: { value: 128 * MiB, of: 'MEMORY_LIMIT_IN_BYTES' },
    });
    expect(limits({ environment, files: two({ cpu: '100000 100000', memory: '268435456' }) })).toMatchObject({
      cores: { value: 1 },
      memory: { value: 256 * MiB },
    });
  });

  test('[B88] with nonsense is passed over', () => {
    expect(limits({ environment: { NUMBER_OF_CORES: 'x', MEMORY_LIMIT_IN_BYTES: '-1' }, processors: 0 })).toEqual({
      cores: undefined,
      memory: undefined,
    });
  });
});

describe('workers', () => {
  test.each([
    [1, undefined, 2],
    [2, undefined, 4],
    [4, undefined, 8],
    [6, undefined, 12],
    [64, undefined, 12],
    [8, 64, 1],
    [8, 86, 1],
    [8, 123, 2],
    [8, 128, 2],
    [8, 256, 5],
    [8, 512, 11],
    [8, 1024, 12],
    [1, 1024, 2],
    [1, 10, 1],
  ])('[B81] [B82] %i cores, %s MiB: %i', (cores, mebibytes, count) => {
    const memory = mebibytes === undefined ? ('unlimited' as const) : { value: mebibytes * MiB, of: 'memory.max' };
    expect(countWorkers({ cores: { value: cores, of: 'cpu.max' }, memory }, 'sync').count).toBe(count);
  });

  test('[B81] memory counts in whole MiB', () => {
    const cores = { value: 8, of: 'cpu.max' };
    expect(countWorkers({ cores, memory: { value: 123 * MiB - 1, of: 'memory.max' } }, 'sync').count).toBe(1);
    expect(countWorkers({ cores, memory: { value: 123 * MiB, of: 'memory.max' } }, 'sync').count).toBe(2);
  });

  test('[B88] one when the cores are not known', () => {
    expect(countWorkers({ cores: undefined, memory: { value: 512 * MiB, of: 'memory.max' } }, 'sync')).toEqual({
      count: 1,
      why: 'the number of CPUs is not known',
    });
  });

  test.each([
    [{ cpu: '50000 100000', memory: '536870912' }, '1 CPU by cpu.max, 512 MiB by memory.max'],
    [{ cpu: '200000 100000' }, '2 CPUs by cpu.max, no memory limit'],
  ])('says why: %j', (files, why) => {
    expect(countWorkers(limits({ files: two(files) }), 'sync').why).toBe(`${why}; at most 2 per CPU, 40 MiB each, 12 in all`);
  });
});

describe('the lines of cgroup-limits', () => {
  test('[B83] [B90] without limits', () => {
    expect(lines({ files: two({}), processors: 4 })).toEqual({
      lines: [
        'MAX_MEMORY_LIMIT_IN_BYTES=9223372036854775807',
        'MEMORY_LIMIT_IN_BYTES=9223372036854775807',
        'NUMBER_OF_CORES=4',
        'NO_MEMORY_LIMIT=true',
      ],
      warnings: [],
    });
    expect(lines({ files: one({}) }).lines).toContain('MEMORY_LIMIT_IN_BYTES=9223372036854771712');
    expect(lines({ files: one({}) }).lines).toContain('NO_MEMORY_LIMIT=true');
  });

  test('[B83] [B90] with limits', () => {
    expect(lines({ files: two({ cpus: '0', memory: '536870912' }) }).lines).toEqual([
      'MAX_MEMORY_LIMIT_IN_BYTES=9223372036854775807',
      'MEMORY_LIMIT_IN_BYTES=536870912',
      'NUMBER_OF_CORES=1',
    ]);
  });

  test('[B84] says when memory cannot be known', () => {
    expect(lines({ processors: 2 })).toEqual({
      lines: ['MAX_MEMORY_LIMIT_IN_BYTES=9223372036854775807', 'NUMBER_OF_CORES=2'],
      warnings: ["Warning: Can't detect memory limit from cgroups"],
    });
  });
});
