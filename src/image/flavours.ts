import type { Instruction } from './dockerfile/instruction.ts';
import { fullDockerfile } from './full/dockerfile.ts';
import { microDockerfile } from './micro/dockerfile.ts';
import { minimalDockerfile } from './minimal/dockerfile.ts';
import { nativeStages } from './native/stage.ts';
import { type BuildFacts, FLAVOURS, type Flavour } from './spec/contract.ts';
import type { Distribution, MicroParts } from './spec/distribution.ts';

/** The Dockerfile of an image. Throws where the distribution has no such flavour (`flavoursOf`). */
export function flavourDockerfile(
  flavour: Flavour,
  distribution: Distribution,
  version: string,
  build?: BuildFacts,
): readonly Instruction[] {
  if (flavour === 'full') return fullDockerfile(distribution, version, build);
  if (flavour === 'minimal') return minimalDockerfile(distribution, version, nativeStages(), build);
  if (!hasMicro(distribution)) throw new Error(`there is no micro image of ${distribution.title}`);
  return microDockerfile(distribution, version, nativeStages(), build);
}

/** The images that can be rendered for a distribution. */
export function flavoursOf(distribution: Distribution): readonly Flavour[] {
  return FLAVOURS.filter((flavour) => flavour !== 'micro' || hasMicro(distribution));
}

function hasMicro(distribution: Distribution): distribution is Distribution & { readonly micro: MicroParts } {
  return distribution.micro !== undefined;
}
