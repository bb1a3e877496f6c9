import type { Instruction } from './dockerfile/instruction.ts';
import { type BuildFacts, buildLabels, type Flavour, HOME, HOOKS, labels, USER } from './spec/contract.ts';
import type { Distribution } from './spec/distribution.ts';

/**
 * How the Dockerfile of every flavour ends: what the image says of itself, its user and folder, and how commands start.
 * `version` is this product's; the facts of a build are left out of what is committed.
 */
export function endingOf(
  distribution: Distribution,
  flavour: Flavour,
  version: string,
  build: BuildFacts | undefined,
): readonly Instruction[] {
  const ours = labels(distribution, flavour, version);
  return [
    { do: 'label', labels: { ...ours, ...(build === undefined ? {} : buildLabels(build)) } },
    { do: 'expose', port: 8080 },
    { do: 'user', user: USER },
    { do: 'workdir', path: HOME },
    ...(flavour === 'full' ? [ENTRYPOINT_OF_NODE] : []),
    { do: 'entrypoint', argv: ['/usr/bin/container-entrypoint'] },
    { do: 'cmd', argv: [`${HOOKS}/usage`] },
  ];
}

/** Said where it is a shell script, which is part of the hooks for Node. */
const ENTRYPOINT_OF_NODE: Instruction = {
  do: 'comment',
  text: 'Becomes the command, and takes the place of the shell in `CMD line`, which would keep signals from it.',
};
