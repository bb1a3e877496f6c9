/** What building and measuring an image showed. Committed as `measured.json` beside its Dockerfile. Bytes. */
export interface Measured {
  /** Versions by the name of the program. */
  readonly versions: Readonly<Record<string, string>>;
  /** Layers in order, each as an uncompressed tar. */
  readonly layers: readonly MeasuredLayer[];
}

export interface MeasuredLayer {
  readonly what: string;
  readonly bytes: number;
}

/** Sum of the layers: what `podman images` shows and what a registry's quota counts before compression. Bytes. */
export function totalSize({ layers }: Pick<Measured, 'layers'>): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** `45.8`: megabytes of 10^6 bytes. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Reads the `measured.json` of an image, which `npm run images -- measure` writes. */
export function parseMeasured(text: string): Measured {
  return JSON.parse(text) as Measured;
}

/** Lines of scripts that hold a result begin with it; everything else is other programs'. */
export const MARK = '=s2i=';

/** What scripts printed as results. */
export function results(lines: readonly string[]): readonly { readonly name: string; readonly text: string }[] {
  return lines.flatMap((line) => {
    const match = new RegExp(`^${MARK} (\\S+) (.*)$`).exec(line);
    return match === null ? [] : [{ name: match[1] ?? '', text: match[2] ?? '' }];
  });
}

/** Versions by the name of the program: the first number that each printed. */
export function parseVersions(lines: readonly string[]): Measured['versions'] {
  return Object.fromEntries(results(lines).map(({ name, text }) => [name, /\d+\.\d+(?:\.\d+)*/.exec(text)?.[0] ?? text]));
}
