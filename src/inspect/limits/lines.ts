import type { Reader } from '../../execute/reader.ts';
import { cgroupFiles } from './files.ts';
import { readLimits, readMemoryTexts } from './limits.ts';

/** The largest limit there can be, bytes (B83). It does not fit a number exactly, so it stays text. */
const LARGEST = '9223372036854775807';

export interface LimitLines {
  /** `NAME=value`, for standard output. */
  readonly lines: readonly string[];
  /** For the error stream. */
  readonly warnings: readonly string[];
}

/** What the incumbent's `cgroup-limits` prints, in its order (B83, B84, B90); cores as `readLimits` counts them. */
export function cgroupLimits(reader: Reader, root: string): LimitLines {
  const { cores } = readLimits(reader, root);
  const memory = memoryText(reader, root);
  const lines = [`MAX_MEMORY_LIMIT_IN_BYTES=${LARGEST}`];
  if (memory !== undefined) lines.push(`MEMORY_LIMIT_IN_BYTES=${memory}`);
  if (cores !== undefined) lines.push(`NUMBER_OF_CORES=${cores.value}`);
  if (memory !== undefined && Number(memory) >= 92_233_720_368_547) lines.push('NO_MEMORY_LIMIT=true');
  return { lines, warnings: memory === undefined ? ["Warning: Can't detect memory limit from cgroups"] : [] };
}

function memoryText(reader: Reader, root: string): string | undefined {
  const texts = readMemoryTexts(cgroupFiles(reader, root)).map(({ text }) => (text === 'max' ? LARGEST : text));
  const numbers = texts.filter((text) => /^[0-9]{1,20}$/.test(text)).map((text) => BigInt(text));
  const least = numbers.reduce<bigint | undefined>((one, two) => (one !== undefined && one <= two ? one : two), undefined);
  return least?.toString();
}
