import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../../support/machine.ts';

/**
 * Debian's folders come first: a client of docker that somebody put into /usr/local may be without BuildKit
 * (docs/upstream/engines.md, E12).
 */
export const programPath = '/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin';

/** What programs need to reach a network: proxies and certificates, nothing else of the caller's environment. */
export function networkEnvironment(): Readonly<Record<string, string>> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'SSL_CERT_FILE'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])));
}

/** Programs by the Debian package that has them. */
const PACKAGES = {
  podman: 'podman',
  buildah: 'buildah',
  runc: 'runc',
  dockerd: 'docker.io',
  mmdebstrap: 'mmdebstrap',
  busybox: 'busybox-static',
} as const;

export type Program = keyof typeof PACKAGES;

/** Why engines cannot be used here; undefined when they can. */
export function reasonAgainst(programs: readonly Program[]): string | undefined {
  if (process.platform !== 'linux') return 'containers need Linux';
  if (!isRoot) return 'mounts need root';
  const missing = programs.find((program) => !isInstalled(program));
  return missing === undefined ? undefined : `${missing} is not installed (apt-get install ${PACKAGES[missing]}; bin/test does)`;
}

function isInstalled(program: string): boolean {
  return programPath.split(':').some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `bin/test --all`, or whoever asks for containers by S2I_TEST_ENGINES=1. */
export const wantsAll = process.env.S2I_TEST_ALL === '1' || process.env.S2I_TEST_ENGINES === '1';
