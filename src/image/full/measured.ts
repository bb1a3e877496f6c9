import type { Measured } from '../measured.ts';
import type { LeftOut, PackageGroup } from '../spec/distribution.ts';

/** What is measured of a full image beside its layers. Bytes. */
export interface MeasuredFull extends Measured {
  /** What each group of packages adds to the files, after those before it. */
  readonly groups: Readonly<Record<PackageGroup, number>>;
  /** The same for what was left out, after all groups. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  readonly locale: number;
  /** What is taken away again. */
  readonly pruned: number;
}

/** Reads the `measured.json` of a full image. */
export function parseMeasuredFull(text: string): MeasuredFull {
  return JSON.parse(text) as MeasuredFull;
}
