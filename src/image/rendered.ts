import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDockerfile } from './dockerfile/render.ts';
import { flavourDockerfile, flavoursOf } from './flavours.ts';
import { parseMeasuredFull } from './full/measured.ts';
import { renderReadme } from './full/readme.ts';
import { parseMeasured } from './measured.ts';
import { nativeDockerfile } from './native/stage.ts';
import { RECIPES, renderSmallReadme } from './small-readme.ts';
import type { Flavour } from './spec/contract.ts';
import type { Distribution } from './spec/distribution.ts';
import { BUILT } from './spec/distributions.ts';

/** A committed file that is written by code. */
export interface RenderedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Folder of an image, relative to the repository. */
export function imageFolder({ release }: Pick<Distribution, 'release'>, flavour: Flavour): string {
  return `images/${flavour}/${release}`;
}

/** Everything below `images/` that is rendered: a Dockerfile and a README for each image that is built, and the executable's. */
export function renderImages(repository: string): readonly RenderedFile[] {
  const version = productVersion(repository);
  const images = BUILT.flatMap((distribution) =>
    flavoursOf(distribution).flatMap((flavour) => {
      const folder = imageFolder(distribution, flavour);
      return [
        { path: join(folder, 'Dockerfile'), text: renderDockerfile(flavourDockerfile(flavour, distribution, version)) },
        { path: join(folder, 'README.md'), text: readme(repository, distribution, flavour) },
      ];
    }),
  );
  return [...images, { path: 'images/native/Dockerfile', text: renderDockerfile(nativeDockerfile()) }];
}

function readme(repository: string, distribution: Distribution, flavour: Flavour): string {
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  const measured = read(join(imageFolder(distribution, flavour), 'measured.json'));
  if (flavour === 'full') return renderReadme(distribution, parseMeasuredFull(measured));
  const recipes = RECIPES[flavour].map(({ file, title }) => ({ title, text: read(join('images/dockerfiles', file)) }));
  return renderSmallReadme(distribution, flavour, parseMeasured(measured), recipes);
}

export function productVersion(repository: string): string {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
