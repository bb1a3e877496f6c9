import { provideBases } from '../stand-ins/provide.ts';
import { openEngine } from './engines.ts';
import { sweepEngineFolders } from './folder.ts';
import { reasonAgainst, wantsAll } from './machine.ts';
import { prepareStore, sharedStore } from './store.ts';
import { prune, sweep } from './sweep.ts';

/** Once for all files of the project `engine`: an own store, without leftovers, with the base images where they are wanted. */
export default async function setup(): Promise<() => void> {
  if (reasonAgainst(['podman', 'buildah', 'runc']) !== undefined) return () => undefined;
  prepareStore(sharedStore);
  sweep();
  await sweepEngineFolders();
  if (wantsAll && reasonAgainst(['mmdebstrap']) === undefined) await provideBases(await openEngine('podman'));
  return prune;
}
