import { freemem } from 'node:os';
import type { TestProject } from 'vitest/node';
import { copyImage } from '../../engine/support/copy-image.ts';
import { type DockerDaemon, startDockerd } from '../../engine/support/dockerd.ts';
import { openEngine } from '../../engine/support/engines.ts';
import { engineFolder, engineFolderInMemory } from '../../engine/support/folder.ts';
import { distributions, nameOf, prepareFullImages } from '../../engine/support/full-images.ts';
import { packageIndex } from '../../engine/support/package-index.ts';
import { installS2i } from '../../engine/support/s2i.ts';
import { prune } from '../../engine/support/sweep.ts';
import { reasonAgainstConsumers } from './needs.ts';

/** What the tests of all consumers share. */
export interface ConsumersContext {
  /** Path of the real `s2i`. */
  readonly program: string;
  /** For clients of docker's daemon, which has the full images. */
  readonly docker: Readonly<Record<string, string>>;
  /** Address of the package index that pip uses in the full image. */
  readonly index: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    consumers: ConsumersContext;
  }
}

/** Once for all files of the project: the full images of the releases, `s2i`, and a daemon of docker with the same images. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (reasonAgainstConsumers('smoke') !== undefined) return async () => undefined;
  await prepareFullImages();
  const program = await installS2i();
  const podman = await openEngine('podman');
  const daemon = await startDockerd(daemonFolder());
  try {
    for (const distribution of distributions) await copyImage(nameOf(distribution), podman, daemon.engine);
    const index = await packageIndex();
    project.provide('consumers', { program, docker: daemon.environment, index });
  } catch (error) {
    await daemon.stop();
    throw error;
  }
  return () => end(daemon);
}

/** In memory where there is plenty: two images and their applications, loaded and removed in seconds. */
function daemonFolder(): string {
  return freemem() > 10 * 2 ** 30 ? engineFolderInMemory('6g') : engineFolder();
}

async function end(daemon: DockerDaemon): Promise<void> {
  await daemon.stop();
  prune();
}
