import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkEnvironment, programPath } from './machine.ts';
import { stateFolder, storeFolder } from './places.ts';

/** Images of podman and buildah that have nothing to do with the machine's own. */
export interface Store {
  /** Layers and settings. */
  readonly folder: string;
  /** What must be gone after the machine starts anew: locks, mounts, sockets. */
  readonly state: string;
  /** The whole environment of podman and buildah. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Kept from run to run, with the base images. */
export const sharedStore: Store = storeIn(storeFolder, stateFolder);

export function storeIn(folder: string, state: string): Store {
  return {
    folder,
    state,
    environment: {
      PATH: programPath,
      HOME: '/root',
      LANG: 'C.UTF-8',
      ...networkEnvironment(),
      CONTAINERS_STORAGE_CONF: storageFile(folder),
      CONTAINERS_CONF: containersFile(folder),
    },
  };
}

/** Writes the settings; the storage driver is overlay where it works on this file system, else vfs. */
export function prepareStore(store: Store): Store {
  const { folder, state, environment } = store;
  mkdirSync(folder, { recursive: true });
  mkdirSync(state, { recursive: true });
  writeFileSync(containersFile(folder), containersConf(state));
  const storage = storageFile(folder);
  if (existsSync(storage)) return store;
  for (const driver of ['overlay', 'vfs']) {
    writeFileSync(storage, storageConf(driver, store));
    if (spawnSync('buildah', ['info'], { env: environment }).status === 0) return store;
  }
  throw new Error('buildah info fails with the storage drivers overlay and vfs');
}

function storageFile(folder: string): string {
  return join(folder, 'storage.conf');
}

function containersFile(folder: string): string {
  return join(folder, 'containers.conf');
}

function storageConf(driver: string, { folder, state }: Store): string {
  return `[storage]
driver = "${driver}"
graphroot = "${folder}/images"
runroot = "${state}/images"
`;
}

/** Limits cannot be raised without CAP_SYS_RESOURCE, and crun fails on mixed cgroups (docs/upstream/engines.md, E3 and E4). */
function containersConf(state: string): string {
  return `[containers]
default_ulimits = []
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
tmp_dir = "${state}/libpod"
[network]
network_backend = "netavark"
`;
}
