import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Authority {
  /** The certificate of the authority, in PEM. */
  readonly ca: string;
  /** A certificate for 127.0.0.1 that it signed, and its key. */
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority that nobody trusts, and what it signed for a server on loopback. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 's2i-ca-test-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const fresh = ['-newkey', 'rsa:2048', '-nodes', '-days', '30'];
  try {
    const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
    openssl('req', '-x509', ...fresh, '-subj', '/CN=Tests only', ...usage, '-keyout', at('ca.key'), '-out', at('ca.crt'));
    openssl('req', ...fresh, '-subj', '/CN=127.0.0.1', '-keyout', at('key'), '-out', at('request'));
    writeFileSync(at('extensions'), 'subjectAltName=IP:127.0.0.1\nauthorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n');
    const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '30'];
    openssl('x509', '-req', '-in', at('request'), ...signer, '-extfile', at('extensions'), '-out', at('cert'));
    const [ca = '', cert = '', key = ''] = ['ca.crt', 'cert', 'key'].map((name) => readFileSync(at(name), 'utf8'));
    return { ca, cert, key };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
