import { join } from 'node:path';
import { chooseEngine } from '../../../src/engine/detect.ts';
import type { Engine, EngineName, Outcome } from '../../../src/engine/engine.ts';
import { renderEngineFailure } from '../../../src/engine/words.ts';
import { engineFolderInMemory, removeEngineFolder } from './folder.ts';
import { prepareStore, type Store, sharedStore, storeIn } from './store.ts';

/** podman or buildah on a store; by default the one with the base images. */
export async function openEngine(name: Exclude<EngineName, 'docker'>, store: Store = sharedStore): Promise<Engine> {
  return succeeded(await chooseEngine(name, { environment: prepareStore(store).environment }));
}

/** A store of its own for one file of tests with small images, in memory. */
export function temporaryStore(size: `${number}g` = '2g'): { readonly store: Store; readonly remove: () => Promise<void> } {
  const folder = engineFolderInMemory(size);
  return { store: prepareStore(storeIn(join(folder, 's'), join(folder, 'r'))), remove: () => removeEngineFolder(folder) };
}

/** The value, or an error with the words that a user would read. */
export function succeeded<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(renderEngineFailure(outcome.failure));
  return outcome.value;
}

/** The words of a failure; an error when there was none. */
export function failed(outcome: Outcome<unknown>): string {
  if (outcome.ok) throw new Error(`it succeeded: ${String(outcome.value)}`);
  return renderEngineFailure(outcome.failure);
}
