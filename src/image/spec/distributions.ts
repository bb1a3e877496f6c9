import { ALPINE } from './alpine.ts';
import { BOOKWORM, TRIXIE } from './debian.ts';
import type { Distribution } from './distribution.ts';
import { CENTOS_STREAM_10, FEDORA, UBI_9, UBI_10 } from './rpm.ts';

/** Every distribution that an image can be rendered for. */
export const DISTRIBUTIONS: readonly Distribution[] = [TRIXIE, BOOKWORM, UBI_9, UBI_10, CENTOS_STREAM_10, FEDORA, ALPINE];

/** Those whose images are built, tested and committed as Dockerfiles. */
export const BUILT: readonly Distribution[] = DISTRIBUTIONS.filter(({ checked }) => checked === 'built');

/** The distribution of a release's name, `trixie`. */
export function findDistribution(release: string): Distribution | undefined {
  return DISTRIBUTIONS.find((distribution) => distribution.release === release);
}
