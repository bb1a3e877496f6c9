import { afterAll, beforeAll } from 'vitest';
import type { Engine, EngineName } from '../../../src/engine/engine.ts';
import { describeWithEngine } from './describe-with-engine.ts';
import { startDockerd } from './dockerd.ts';
import { openEngine, temporaryStore } from './engines.ts';
import type { Program } from './machine.ts';

const PROGRAMS: Readonly<Record<EngineName, readonly Program[]>> = {
  podman: ['podman', 'runc', 'busybox'],
  buildah: ['buildah', 'busybox'],
  docker: ['dockerd', 'busybox'],
};

/** An engine with images of its own, and how to look past it. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** The same tests with each engine on images of their own; docker's daemon is started for them and ended after them. */
export function describeEachEngine(
  names: readonly EngineName[],
  tests: (engine: () => Engine, name: EngineName, opened: () => OpenedEngine) => void,
): void {
  for (const name of names) {
    describeWithEngine(name, { programs: PROGRAMS[name] }, () => {
      let current: OpenedEngine | undefined;
      const opened = () => {
        if (current === undefined) throw new Error(`${name} was not opened`);
        return current;
      };
      beforeAll(async () => {
        current = await open(name);
      });
      afterAll(async () => {
        await current?.close();
      });
      tests(() => opened().engine, name, opened);
    });
  }
}

async function open(name: EngineName): Promise<OpenedEngine> {
  if (name === 'docker') {
    const { engine, environment, stop } = await startDockerd();
    return { engine, environment, close: stop };
  }
  const { store, remove } = temporaryStore();
  return { engine: await openEngine(name, store), environment: store.environment, close: remove };
}
