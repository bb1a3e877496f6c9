/** `npm run build:native`: bundles the native host and links it in a container; the executable is dist/native/s2i-python. */
import { mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { NATIVE, NATIVE_BUNDLE } from '../src/image/build/context.ts';
import { buildNative, LARGEST_PROGRAM } from '../src/image/native/build.ts';
import { openEngine, succeeded } from './images/engine.ts';
import { type EngineOptions, engineOptions } from './images/options.ts';
import { runProgram } from './images/program.ts';
import { parseVolumes, volumeOption } from './images/volume.ts';
import { bundleNative, NATIVE_ENTRY } from './native/bundle.ts';

const repository = join(import.meta.dirname, '..');

interface Options extends EngineOptions {
  readonly volume: readonly string[];
  readonly cache: boolean;
}

async function buildProgram({ engine: name, network, isolation, volume, cache }: Options): Promise<void> {
  const bundles = join(repository, NATIVE);
  mkdirSync(bundles, { recursive: true });
  await bundleNative(NATIVE_ENTRY, join(bundles, NATIVE_BUNDLE));
  const engine = await openEngine(name);
  const onLine = (line: string): void => void process.stderr.write(`${line}\n`);
  const wishes = {
    ...(network === undefined ? {} : { network }),
    ...(isolation === undefined ? {} : { isolation }),
    ...parseVolumes(volume),
    cache: cache ? 'use' : 'ignore',
  } as const;
  const image = `localhost/s2i-python-native:${process.pid}`;
  const paths = succeeded(await buildNative(engine, { repository, bundles, to: bundles, image }, wishes, { onLine }));
  for (const path of paths) reportSize(path);
}

/** Says how large a program is; one that is too large fails the build. */
function reportSize(path: string): void {
  const { size } = statSync(path);
  process.stdout.write(`${path.slice(repository.length + 1)} ${size} bytes of at most ${LARGEST_PROGRAM}\n`);
  if (size <= LARGEST_PROGRAM) return;
  process.stderr.write(
    `ERROR: ${basename(path)} has ${size - LARGEST_PROGRAM} bytes too many; docs/native.md says what they are made of\n`,
  );
  process.exitCode = 1;
}

const command = new Command('npm run build:native --')
  .description('Builds dist/native/s2i-python, the hooks as one static executable, for this architecture.')
  .showHelpAfterError()
  .exitOverride();
const program = engineOptions(command)
  .addOption(volumeOption())
  .option('--no-cache', 'use no result of an earlier build')
  .action(buildProgram);

await runProgram(program);
