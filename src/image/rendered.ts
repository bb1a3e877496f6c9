import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDockerfile } from './dockerfile/render.ts';
import { fullDockerfile } from './full/dockerfile.ts';
import { parseMeasured } from './full/measured.ts';
import { renderReadme } from './full/readme.ts';
import type { Distribution } from './spec/distribution.ts';
import { BUILT } from './spec/distributions.ts';

/** A committed file that is written by code. */
export interface RenderedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Folder of a full image, relative to the repository. */
export function fullFolder({ release }: Pick<Distribution, 'release'>): string {
  return `images/full/${release}`;
}

/** Everything below `images/` that is rendered: a Dockerfile and a README for each image that is built. */
export function renderImages(repository: string): readonly RenderedFile[] {
  const version = productVersion(repository);
  return BUILT.flatMap((distribution) => {
    const folder = fullFolder(distribution);
    const measured = parseMeasured(readFileSync(join(repository, folder, 'measured.json'), 'utf8'));
    return [
      { path: join(folder, 'Dockerfile'), text: renderDockerfile(fullDockerfile(distribution, version)) },
      { path: join(folder, 'README.md'), text: renderReadme(distribution, measured) },
    ];
  });
}

export function productVersion(repository: string): string {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
