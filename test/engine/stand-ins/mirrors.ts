import { spawnSync } from 'node:child_process';

/** The mirrors of Debian that this machine's apt uses, so that no host stands in this repository. */
export interface Mirrors {
  readonly debian: string;
  readonly security: string;
}

/** Undefined where apt knows no Debian mirror. `apt-get update` is run where it never was. */
export function machineMirrors(): Mirrors | undefined {
  return known() ?? (spawnSync('apt-get', ['update']).status === 0 ? known() : undefined);
}

function known(): Mirrors | undefined {
  const format = ['ORIGIN', 'LABEL', 'REPO_URI'].map((field) => `$(${field})`).join('|');
  const { stdout, status } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const rows = stdout.split('\n').map((line) => line.split('|'));
  const uriOf = (label: string) =>
    rows.find(([origin, found]) => origin === 'Debian' && found === label)?.[2]?.replace(/\/$/, '');
  const debian = uriOf('Debian');
  const security = uriOf('Debian-Security');
  return debian === undefined || security === undefined ? undefined : { debian, security };
}
