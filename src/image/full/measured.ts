import type { LeftOut, PackageGroup } from '../spec/distribution.ts';

/** What building and measuring an image showed. Committed as `measured.json` beside its Dockerfile. Bytes. */
export interface Measured {
  /** Versions by the name of the program. */
  readonly versions: Readonly<Record<string, string>>;
  /** Layers in order, each as an uncompressed tar. */
  readonly layers: readonly MeasuredLayer[];
  /** What each group of packages adds to the files, after those before it. */
  readonly groups: Readonly<Record<PackageGroup, number>>;
  /** The same for what was left out, after all groups. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  readonly locale: number;
  /** What is taken away again. */
  readonly pruned: number;
}

export interface MeasuredLayer {
  readonly what: string;
  readonly bytes: number;
}

/** Sum of the layers: what `podman images` shows and what a registry's quota counts before compression. Bytes. */
export function totalSize({ layers }: Measured): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Reads `measured.json`, which `npm run images -- measure` writes. */
export function parseMeasured(text: string): Measured {
  return JSON.parse(text) as Measured;
}

/** `45.8`: megabytes of 10^6 bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
