import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where `npm run build` puts the bundles of the hooks, in the repository and in the context. */
export const BUNDLES = 'dist/hooks';

/** What COPY of the images takes beside them, relative to the repository. */
const COPIED = ['s2i/bin', 'images/root', 'images/build', 'src/hosts/native/c'];

/** Where the Dockerfiles take the bundle of the native hooks from, in the repository and in the context. */
export const NATIVE = 'dist/native';

/** That bundle; others in its folder are the tests'. */
export const NATIVE_BUNDLE = 's2i-python.js';

export interface ContextSources {
  readonly repository: string;
  /** A folder of bundles; by default those of the repository. */
  readonly bundles?: string;
  /** A folder with the bundle of the native hooks; by default that of the repository. */
  readonly native?: string;
}

/** What V8 compiled for the Node of this machine: the image compiles for its own. */
const NOT_COPIED = /\.cjs\.code$/;

/**
 * Makes a temporary folder with exactly what the images are built from and gives it to `use`; it is removed afterwards.
 * Modes are 0755 and 0644 whatever the checkout's are: COPY would give them to `/usr` itself.
 */
export async function withContext<Value>(
  { repository, bundles = join(repository, BUNDLES), native = join(repository, NATIVE) }: ContextSources,
  use: (folder: string) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-image-context-'));
  try {
    const options = { recursive: true, verbatimSymlinks: true, filter: (path: string) => !NOT_COPIED.test(path) };
    for (const part of COPIED) cpSync(join(repository, part), join(folder, part), options);
    cpSync(bundles, join(folder, BUNDLES), options);
    cpSync(join(native, NATIVE_BUNDLE), join(folder, NATIVE, NATIVE_BUNDLE));
    normalise(folder);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Modes of a context: 0755 for folders and programs, 0644 for everything else. */
export function normalise(path: string): void {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  chmodSync(path, status.isDirectory() || (status.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (status.isDirectory()) for (const name of readdirSync(path)) normalise(join(path, name));
}
