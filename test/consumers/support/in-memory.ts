import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyImage } from '../../engine/support/copy-image.ts';
import { startDockerd } from '../../engine/support/dockerd.ts';
import { openEngine, temporaryStore } from '../../engine/support/engines.ts';
import { engineFolderInMemory } from '../../engine/support/folder.ts';
import { type Consumer, daemonConsumer, dockerfileConsumer } from './consumers.ts';
import { openS2i } from './open.ts';

/** `s2i, no logs`: with a daemon that keeps nothing of what containers print (docs/upstream/engines.md, E25). */
export type MeasuredConsumer = 's2i' | 's2i, no logs' | 'as-dockerfile';

/** What an image of 700 MB and a few of its applications take. */
const ROOM = '6g';

/**
 * Consumers whose engines keep everything in memory, so that what is measured is not the disk: ext4 without a journal, as
 * machines for tests have it, gives new files ten times slower after many were deleted (docs/upstream/engines.md, E23).
 */
export async function openInMemory(
  name: MeasuredConsumer,
  image: string,
): Promise<{ readonly consumer: Consumer; readonly close: () => Promise<void> }> {
  const shared = await openEngine('podman');
  if (name !== 'as-dockerfile') {
    const folder = engineFolderInMemory(ROOM);
    const daemon = await startDockerd(folder, name === 's2i' ? [] : ['--log-driver=none']);
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    await copyImage(image, shared, daemon.engine);
    const s2i = { ...openS2i(), environment: { ...daemon.environment, TMPDIR: temporary } };
    return { consumer: daemonConsumer(daemon.engine, s2i), close: daemon.stop };
  }
  const { store, remove } = temporaryStore(ROOM);
  const [buildah, podman] = [await openEngine('buildah', store), await openEngine('podman', store)];
  await copyImage(image, shared, podman);
  return { consumer: dockerfileConsumer(buildah, podman, { ...openS2i(), environment: {} }), close: remove };
}
