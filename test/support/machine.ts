import { existsSync } from 'node:fs';

/** Facts about the machine that the tests run on. */

export const isRoot = process.getuid?.() === 0;

/** PATH of an image below the folders of the application. */
export const basePath = '/usr/local/bin:/usr/bin:/bin';

/** Where the certificates stand that this machine trusts; connections to the package index may pass a proxy. */
export const machineCertificates = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

const self: User = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** Who assembles: the user of the images, or where the tests may not become somebody else, whoever runs them. */
export const builder: User = isRoot ? { uid: 1001, gid: 0 } : self;

/** Who runs the application: a user that no file of the system names, as on OpenShift. */
export const anyUser: User = isRoot ? { uid: 100001, gid: 0 } : self;

/** Whether a mount namespace can be made, which some tests need. */
export const canMount = isRoot && existsSync('/usr/bin/unshare') && existsSync('/usr/bin/setpriv');

export const isDebian = existsSync('/etc/debian_version');
