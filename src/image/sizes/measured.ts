/** The ways in which the same application becomes an image, in the order of the pages. */
export const WAYS = {
  'hand-naive': { title: 'by hand, one stage', note: 'compilers and apt’s lists stay', ours: 'no' },
  'hand-stages': { title: 'by hand, two stages', note: 'Debian’s python3 and a copied environment', ours: 'no' },
  'full-naive': { title: 'full, one stage', note: 'permissions repaired in a step of their own', ours: 'yes' },
  'minimal-naive': { title: 'minimal, one stage', note: 'permissions repaired in a step of their own', ours: 'yes' },
  'full-to-minimal': { title: 'full → minimal', note: '', ours: 'yes' },
  'full-to-micro': { title: 'full → micro', note: '', ours: 'yes' },
} as const;

export type Way = keyof typeof WAYS;

/** The applications that are measured. */
export const APPLICATIONS = { flask: 'Flask and gunicorn', django: 'Django, psycopg and gunicorn' } as const;

export type ApplicationName = keyof typeof APPLICATIONS;

/** One image. Bytes. */
export interface ImageSize {
  readonly application: ApplicationName;
  readonly way: Way;
  /** Sum of the uncompressed tars of the layers. */
  readonly uncompressed: number;
  /** The same tars through `gzip -6`. */
  readonly compressed: number;
  readonly layers: number;
  /** Content of files that stands in a layer although a layer below has it already. */
  readonly repeated: number;
}

/** What `npm run sizes` found. Committed as docs/sizes/measured.json. */
export interface Sizes {
  /** `2026-11-21`. */
  readonly date: string;
  readonly base: { readonly name: string; readonly uncompressed: number; readonly compressed: number };
  readonly images: readonly ImageSize[];
}

export function parseSizes(text: string): Sizes {
  return JSON.parse(text) as Sizes;
}

/** The image of an application by a way. Throws when it was not measured. */
export function sizeOf({ images }: Sizes, application: ApplicationName, way: Way): ImageSize {
  const found = images.find((one) => one.application === application && one.way === way);
  if (found === undefined) throw new Error(`${application} was not measured: ${way}`);
  return found;
}
