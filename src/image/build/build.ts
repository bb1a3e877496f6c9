import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildRequest, Engine, Outcome, Watch } from '../../engine/engine.ts';
import { renderDockerfile } from '../dockerfile/render.ts';
import { flavourDockerfile } from '../flavours.ts';
import { productVersion } from '../rendered.ts';
import { type BuildFacts, type Flavour, tags } from '../spec/contract.ts';
import type { Distribution } from '../spec/distribution.ts';
import { type ContextSources, withContext } from './context.ts';

/** What a caller may want of a build beside the image itself. */
export interface BuildWishes extends Pick<BuildRequest, 'network' | 'isolation' | 'cache' | 'volumes' | 'arguments'> {
  /** Certificates that pip is fetched with, where the system's do not do. */
  readonly caBundle?: string;
  readonly facts?: BuildFacts;
  /** Default: `tags` of the contract. */
  readonly tags?: readonly string[];
}

/** Builds an image from the repository. The bundles have to be made already. Answers its id. */
export async function buildFlavour(
  engine: Engine,
  sources: ContextSources,
  distribution: Distribution,
  flavour: Flavour,
  { caBundle, facts, ...wishes }: BuildWishes,
  watch?: Watch,
): Promise<Outcome<string>> {
  return withContext(sources, async (context) => {
    const dockerfile = join(context, 'Dockerfile');
    writeFileSync(
      dockerfile,
      renderDockerfile(flavourDockerfile(flavour, distribution, productVersion(sources.repository), facts)),
    );
    const secrets = caBundle === undefined ? [] : [{ id: 'ca.crt', file: caBundle }];
    return engine.build({ tags: tags(distribution, flavour), ...wishes, context, dockerfile, secrets }, watch);
  });
}
