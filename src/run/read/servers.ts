import type { Reader } from '../../execute/reader.ts';
import { type Installed, versionOf } from '../../inspect/installed.ts';
import { join } from '../../inspect/paths.ts';
import type { ServingFacts } from '../facts.ts';
import { SERVERS } from '../servers/registry.ts';

/** The servers whose program is on PATH, with their version where the environment tells it. */
export function readServers(installed: Installed, hasProgram: (name: string) => boolean): ServingFacts['servers'] {
  return Object.fromEntries(
    SERVERS.filter(({ program }) => hasProgram(program)).map(({ name, distribution }) => [
      name,
      versionOf(installed, distribution) ?? '',
    ]),
  );
}

/** gunicorn's worker for ASGI: the package of its own, else the module that uvicorn brings. */
export function uvicornWorker(reader: Reader, installed: Installed): string | undefined {
  if (versionOf(installed, 'uvicorn-worker') !== undefined) return 'uvicorn_worker.UvicornWorker';
  if (versionOf(installed, 'uvicorn') === undefined) return undefined;
  const folders = installed.sitePackages;
  // Before anything is installed there is nothing to look into.
  const isThere =
    folders.length === 0 || folders.some((folder) => reader.stat(join(folder, 'uvicorn/workers.py'))?.type === 'file');
  return isThere ? 'uvicorn.workers.UvicornWorker' : undefined;
}
