import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '../../../src/engine/engine.ts';
import { machineCertificates } from '../../support/machine.ts';
import { machineMirrors } from '../stand-ins/mirrors.ts';
import { storeFolder } from './places.ts';

/** Where the hooks look for certificates of a build by themselves. */
const TARGET = '/run/secrets';

/**
 * What gives every RUN of a build, and a container, the certificates that this machine trusts: the folder /run/secrets with
 * ca.crt, read-only. A folder, because the mount point of a file would stay in the image as an empty file; of the folder an
 * empty folder stays. Not together with secrets that are mounted below /run/secrets.
 */
export function certificateVolumes(): readonly Volume[] {
  if (!existsSync(machineCertificates)) return [];
  const folder = join(storeFolder, 'secrets');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  keepFile(join(folder, 'ca.crt'), readFileSync(machineCertificates, 'utf8'));
  return [{ source: folder, target: TARGET, access: 'read-only' }, ...aptVolumes()];
}

/** The same as a secret, for Dockerfiles with `RUN --mount=type=secret,id=ca.crt`. */
export function certificateSecrets(): readonly { readonly id: string; readonly file: string }[] {
  return existsSync(machineCertificates) ? [{ id: 'ca.crt', file: machineCertificates }] : [];
}

/**
 * apt of a fresh image trusts nobody, which matters only where the machine's mirrors are https: then settings with the
 * certificates cover a file of /etc/apt/apt.conf.d that every Debian image has, so that no mount point stays.
 */
function aptVolumes(): readonly Volume[] {
  if (machineMirrors()?.debian.startsWith('https:') !== true) return [];
  const file = join(storeFolder, 'docker-clean');
  keepFile(file, `${DOCKER_CLEAN}Acquire::https::CaInfo "${TARGET}/ca.crt";\n`);
  return [{ source: file, target: '/etc/apt/apt.conf.d/docker-clean', access: 'read-only' }];
}

/** What stands there in Debian's images. */
const DOCKER_CLEAN = 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };\n';

/** Never half written: containers of other test files may be reading it. */
function keepFile(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, text);
  renameSync(whole, file);
}
