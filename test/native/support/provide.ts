import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleNative, NATIVE_ENTRY } from '../../../scripts/native/bundle.ts';
import { buildNative } from '../../../src/image/native/build.ts';
import { provideBases } from '../../engine/stand-ins/provide.ts';
import { certificateVolumes } from '../../engine/support/certificates.ts';
import { openEngine, succeeded } from '../../engine/support/engines.ts';
import { withLock } from '../../engine/support/lock.ts';
import { reasonAgainst } from '../../engine/support/machine.ts';
import { uniqueImage } from '../../engine/support/names.ts';
import { repository } from '../../engine/support/places.ts';
import { forNative } from './needs.ts';

/** Paths of what was built. */
export interface NativePrograms {
  /** The product. */
  readonly program: string;
  /** `test/native/program`. */
  readonly tests: string;
}

const cache = join(repository, '.cache/native');
const base = 'docker.io/library/debian:trixie-slim';

/** Why the native host cannot be built here; undefined when it can. */
export function reasonAgainstNative(): string | undefined {
  return reasonAgainst(forNative);
}

/**
 * The native programs as their Dockerfile builds them from what stands in the repository now. They are kept by the digest of
 * everything they are made of, so only a change costs time: 15 seconds, and two minutes on a fresh machine.
 */
export async function provideNative(): Promise<NativePrograms> {
  mkdirSync(cache, { recursive: true });
  return withLock(join(cache, 'lock'), provide);
}

async function provide(): Promise<NativePrograms> {
  const bundles = mkdtempSync(join(realpathSync(tmpdir()), 's2i-native-bundles-'));
  try {
    await bundleNative(NATIVE_ENTRY, join(bundles, 's2i-python.js'));
    await bundleNative('test/native/program/main.ts', join(bundles, 'tests.js'));
    const folder = join(cache, digestOf(bundles));
    if (!existsSync(folder)) await build(bundles, folder);
    return { program: join(folder, 's2i-python'), tests: join(folder, 'tests') };
  } finally {
    rmSync(bundles, { recursive: true, force: true });
  }
}

async function build(bundles: string, folder: string): Promise<void> {
  for (const old of readdirSync(cache)) if (old.startsWith('sha256-')) rmSync(join(cache, old), { recursive: true });
  await provideBases(await openEngine('podman'), [base]);
  const wishes = { network: 'host', isolation: 'chroot', volumes: certificateVolumes() } as const;
  const unfinished = mkdtempSync(join(cache, 'new-'));
  try {
    const sources = { repository, bundles, to: join(unfinished, 'out'), image: uniqueImage() };
    succeeded(await buildNative(await openEngine('buildah'), sources, wishes));
    renameSync(join(unfinished, 'out'), folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function digestOf(bundles: string): string {
  const hash = createHash('sha256');
  const sources = join(repository, 'src/hosts/native/c');
  const files = [
    join(repository, 'images/native/Dockerfile'),
    ...readdirSync(sources).map((name) => join(sources, name)),
    ...readdirSync(bundles).map((name) => join(bundles, name)),
  ];
  for (const file of files) hash.update(`${file.slice(file.lastIndexOf('/'))}\0`).update(readFileSync(file));
  return `sha256-${hash.digest('hex').slice(0, 16)}`;
}
