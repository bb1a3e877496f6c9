import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareStore, sharedStore } from '../../engine/support/store.ts';
import { makeImage } from '../../support/image.ts';
import { type NativePrograms, provideNative, reasonAgainstNative } from './provide.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined where it cannot be built. */
    native: NativePrograms | undefined;
  }
}

/** Builds the native programs once for all files of the project `native`, and the image whose hooks they are. */
export default async function setup(project: TestProject): Promise<() => void> {
  if (reasonAgainstNative() !== undefined) {
    project.provide('native', undefined);
    return () => undefined;
  }
  prepareStore(sharedStore);
  const native = await provideNative();
  const { image, remove } = await makeImage();
  project.provide('native', native);
  project.provide('image', { ...image, hooks: layHooks(native.program, image.nodeHooks) });
  return remove;
}

const names = ['assemble', 'run', 'migrate', 'usage', 'save-artifacts', 'fix-permissions'];

/** Beside the Node hooks: the program, where any user may execute it, and its names. */
function layHooks(program: string, nodeHooks: string): string {
  const folder = `${nodeHooks}-native`;
  mkdirSync(folder);
  copyFileSync(program, join(folder, 's2i-python'));
  for (const name of names) symlinkSync('s2i-python', join(folder, name));
  return folder;
}
