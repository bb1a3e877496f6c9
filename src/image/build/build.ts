import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildRequest, Engine, Outcome, Watch } from '../../engine/engine.ts';
import { renderDockerfile } from '../dockerfile/render.ts';
import { fullDockerfile } from '../full/dockerfile.ts';
import { productVersion } from '../rendered.ts';
import { type BuildFacts, tags } from '../spec/contract.ts';
import type { Distribution } from '../spec/distribution.ts';
import { type ContextSources, withContext } from './context.ts';

/** What a caller may want of a build beside the image itself. */
export interface BuildWishes extends Pick<BuildRequest, 'network' | 'isolation' | 'cache' | 'volumes'> {
  /** Certificates that pip is fetched with, where the system's do not do. */
  readonly caBundle?: string;
  readonly facts?: BuildFacts;
  /** Default: `tags` of the contract. */
  readonly tags?: readonly string[];
}

/** Builds the full image of a distribution from the repository. The bundles have to be made already. Answers its id. */
export async function buildFullImage(
  engine: Engine,
  sources: ContextSources,
  distribution: Distribution,
  { caBundle, facts, ...wishes }: BuildWishes,
  watch?: Watch,
): Promise<Outcome<string>> {
  return withContext(sources, async (context) => {
    const dockerfile = join(context, 'Dockerfile');
    writeFileSync(dockerfile, renderDockerfile(fullDockerfile(distribution, productVersion(sources.repository), facts)));
    const secrets = caBundle === undefined ? [] : [{ id: 'ca.crt', file: caBundle }];
    return engine.build({ tags: tags(distribution, 'full'), ...wishes, context, dockerfile, secrets }, watch);
  });
}
