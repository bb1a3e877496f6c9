/** `npm run build:native`: bundles the native host and links it in a container; the executable is dist/native/s2i-python. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { ENGINES } from '../src/engine/detect.ts';
import type { BuildRequest, EngineName } from '../src/engine/engine.ts';
import { engineExitCode, renderEngineFailure } from '../src/engine/words.ts';
import { NATIVE, NATIVE_BUNDLE } from '../src/image/build/context.ts';
import { buildNative } from '../src/image/native/build.ts';
import { EngineError, openEngine, succeeded } from './images/engine.ts';
import { parseVolumes, volumeOption } from './images/volume.ts';
import { bundleNative, NATIVE_ENTRY } from './native/bundle.ts';

const repository = join(import.meta.dirname, '..');

interface Options extends Pick<BuildRequest, 'network' | 'isolation'> {
  readonly engine: EngineName | 'any';
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
  for (const path of paths) process.stdout.write(`${path.slice(repository.length + 1)} ${statSync(path).size} bytes\n`);
}

const program = new Command('npm run build:native --')
  .description('Builds dist/native/s2i-python, the hooks as one static executable, for this architecture.')
  .showHelpAfterError()
  .exitOverride()
  .addOption(new Option('--engine <NAME>', 'container engine').choices(['any', ...ENGINES]).default('any'))
  .addOption(new Option('--network <MODE>', "network of the steps; default: the engine's").choices(['host', 'none']))
  .addOption(
    new Option('--isolation <MODE>', "how steps are kept apart; default: the engine's").choices(['oci', 'chroot', 'rootless']),
  )
  .addOption(volumeOption())
  .option('--no-cache', 'use no result of an earlier build')
  .action(buildProgram);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof EngineError) {
    process.stderr.write(`${renderEngineFailure(error.failure)}\n`);
    process.exitCode = engineExitCode(error.failure);
  } else if (error instanceof CommanderError) {
    if (error.code === 'said') process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else throw error;
}
