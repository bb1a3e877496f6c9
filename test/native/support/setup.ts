import type { TestProject } from 'vitest/node';
import { prepareStore, sharedStore } from '../../engine/support/store.ts';
import { type NativePrograms, provideNative, reasonAgainstNative } from './provide.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined where it cannot be built. */
    native: NativePrograms | undefined;
  }
}

/** Builds the native programs once for all files of the project `native`. */
export default async function setup(project: TestProject): Promise<void> {
  if (reasonAgainstNative() !== undefined) {
    project.provide('native', undefined);
    return;
  }
  prepareStore(sharedStore);
  project.provide('native', await provideNative());
}
