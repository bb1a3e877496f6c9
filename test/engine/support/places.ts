import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Folders of the container tests. */

export const repository = join(import.meta.dirname, '../../..');

const cache = join(repository, '.cache');

/** Images and layers of podman and buildah; nothing of the machine's own images is seen or touched. */
export const storeFolder = join(cache, 'engine');

/** Archives of the stand-ins, named by their recipe. */
export const archiveFolder = join(cache, 'images');

/** Programs that are compiled for the tests. */
export const programFolder = join(cache, 'bin');

/** What must be gone after the machine starts anew: locks, mounts, sockets. Short, because sockets stand below it. */
export const stateFolder = `/run/s2i-python-test/${createHash('sha256').update(repository).digest('hex').slice(0, 8)}`;
