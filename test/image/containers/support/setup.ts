import { imagePrograms, prepareImages } from '../../../engine/support/full-images.ts';
import { reasonAgainst } from '../../../engine/support/machine.ts';
import { prune } from '../../../engine/support/sweep.ts';

/** Once for all files of the project. */
export default async function setup(): Promise<() => void> {
  if (reasonAgainst(imagePrograms) !== undefined) return () => undefined;
  await prepareImages();
  return prune;
}
