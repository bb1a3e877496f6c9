import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildRequest, Engine, Outcome, Watch } from '../../engine/engine.ts';
import { NATIVE, normalise } from '../build/context.ts';
import { extractFiles } from './extract.ts';

const SOURCES = 'src/hosts/native/c';

/** Bytes that the executable may have: it is the whole of the hooks in the small images. */
export const LARGEST_PROGRAM = 2_500_000;

export interface NativeSources {
  readonly repository: string;
  /** A folder with `NAME.js` for each program. */
  readonly bundles: string;
  /** Where the programs are put, each with the name of its bundle. */
  readonly to: string;
  /** A name that the image has while it is built. */
  readonly image: string;
}

export type NativeWishes = Pick<BuildRequest, 'network' | 'isolation' | 'cache' | 'volumes'>;

/** Compiles and links programs of the native host in an image of their own, which is removed again. Answers their paths. */
export async function buildNative(
  engine: Engine,
  { repository, bundles, to, image }: NativeSources,
  wishes: NativeWishes,
  watch?: Watch,
): Promise<Outcome<readonly string[]>> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-native-'));
  try {
    const context = layContext(join(folder, 'context'), repository, bundles);
    const dockerfile = join(repository, 'images/native/Dockerfile');
    const built = await engine.build({ ...wishes, context, dockerfile, tags: [image], target: 'native' }, watch);
    if (!built.ok) return built;
    const file = join(folder, 'image.tar');
    const saved = await engine.saveArchive(image, { file, format: 'docker-archive' });
    await engine.remove(image);
    if (!saved.ok) return saved;
    mkdirSync(to, { recursive: true });
    const paths = await extractFiles(file, to);
    for (const path of paths) chmodSync(path, 0o755);
    return { ok: true, value: paths };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layContext(context: string, repository: string, bundles: string): string {
  cpSync(join(repository, SOURCES), join(context, SOURCES), { recursive: true });
  mkdirSync(join(context, NATIVE), { recursive: true });
  for (const name of readdirSync(bundles).filter((one) => one.endsWith('.js'))) {
    cpSync(join(bundles, name), join(context, NATIVE, name));
  }
  normalise(context);
  return context;
}
