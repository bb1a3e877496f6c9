import type { Reader } from '../execute/reader.ts';
import { isWithin } from './paths.ts';

/**
 * True when files of one folder can be hard-linked into the other: both lie below one mount point, which counts for `link` even
 * where two mounts are of one file system. True as well where that cannot be told.
 */
export function canLink(reader: Pick<Reader, 'readText' | 'resolve'>, from: string, to: string): boolean {
  const read = reader.readText('/proc/self/mountinfo');
  if (!read.ok) return true;
  // The fifth field of a line is where it is mounted.
  const points = read.text.split('\n').flatMap((line) => line.split(' ')[4] ?? []);
  const [one, two] = [from, to].map((folder) => pointOf(reader.resolve(folder) ?? folder, points));
  return one === two;
}

/** The longest of the mount points that a path lies below. */
function pointOf(path: string, points: readonly string[]): string | undefined {
  return points.filter((point) => isWithin(path, point)).sort((a, b) => b.length - a.length)[0];
}
