import { distributions, prepareImages } from '../../../engine/support/full-images.ts';
import { prune } from '../../../engine/support/sweep.ts';

/** Once for all files of the project. */
export default async function setup(): Promise<() => void> {
  if (distributions.length === 0) return () => undefined;
  await prepareImages();
  return prune;
}
