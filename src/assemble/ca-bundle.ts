import type { EnvironmentPatch } from '../execute/effect.ts';
import { act, type Program, Stopped, say } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { withTemporary } from '../execute/temporary.ts';
import type { Failure } from '../failures/failure.ts';
import { join } from '../inspect/paths.ts';
import type { Settings } from '../inspect/settings/read.ts';

const MOUNTED = '/run/secrets/ca.crt';
const LIMITS = { maxBytes: 16 * 1024 * 1024 };

/** Where distributions keep the system's certificates, in the order in which they are looked for. */
const SYSTEM_ROOTS = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Variables that tell pip, Python, curl, git, Node, npm and the like which certificates to trust. */
const VARIABLES = [
  'PIP_CERT',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'NODE_EXTRA_CA_CERTS',
  'NPM_CONFIG_CAFILE',
  'AWS_CA_BUNDLE',
  'CARGO_HTTP_CAINFO',
];

export interface CaBundle {
  readonly path: string;
  /** The given certificates followed by the system's. */
  readonly text: string;
}

/** The bundle of the build, if one is named or mounted. */
export function readCaBundle(reader: Reader, settings: Settings): CaBundle | { readonly failure: Failure } | undefined {
  const named = settings.text('S2I_CA_BUNDLE');
  const path = named?.value ?? MOUNTED;
  if (named === undefined && reader.stat(path) === undefined) return undefined;
  const setting = named === undefined ? 'the mount' : 'S2I_CA_BUNDLE';
  const read = reader.readText(path, LIMITS);
  if (!read.ok) return { failure: { kind: 'ca-bundle', path, setting, problem: read.problem } };
  if (!read.text.includes('-----BEGIN CERTIFICATE-----'))
    return { failure: { kind: 'ca-bundle', path, setting, problem: { what: 'no-certificate' } } };
  return { path, text: `${read.text.trimEnd()}\n${systemRoots(reader)}` };
}

function systemRoots(reader: Reader): string {
  for (const path of SYSTEM_ROOTS) {
    const read = reader.readText(path, LIMITS);
    if (read.ok) return read.text;
  }
  return '';
}

/** Runs the body with the bundle in a temporary file that is gone afterwards, whatever happens. */
export function* withCaBundle<T>(bundle: CaBundle | undefined, body: (environment: EnvironmentPatch) => Program<T>): Program<T> {
  if (bundle === undefined) return yield* body({ set: {}, unset: [] });
  return yield* withTemporary('s2i-ca-', function* (directory) {
    const file = join(directory, 'ca.crt');
    const problem = yield* act({ kind: 'write-file', path: file, text: bundle.text, mode: 0o644 });
    if (problem !== undefined) throw new Stopped([{ kind: 'tree-failed', role: 'make-temporary', problems: [problem] }]);
    yield* say('info', `Certificates of ${bundle.path} are trusted in addition to the system's while this runs.`);
    return yield* body({ set: Object.fromEntries(VARIABLES.map((name) => [name, file])), unset: ['SSL_CERT_DIR'] });
  });
}
