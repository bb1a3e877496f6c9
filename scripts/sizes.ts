/** `npm run sizes`: builds the same applications in each way, measures the images, writes docs/sizes. Takes minutes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { ENGINES } from '../src/engine/detect.ts';
import { engineExitCode, renderEngineFailure } from '../src/engine/words.ts';
import { EngineError } from './images/engine.ts';
import { writeRendered } from './images/render.ts';
import { volumeOption } from './images/volume.ts';
import { measureSizes, type SizesOptions } from './sizes/measure.ts';

const root = join(import.meta.dirname, '..');

const program = new Command('npm run sizes --')
  .description('Builds one Flask and one Django application in each way and writes docs/sizes. The images have to be built.')
  .showHelpAfterError()
  .exitOverride()
  .addOption(new Option('--engine <NAME>', 'container engine').choices(['any', ...ENGINES]).default('any'))
  .addOption(new Option('--network <MODE>', "network of the steps; default: the engine's").choices(['host', 'none']))
  .addOption(
    new Option('--isolation <MODE>', "how steps are kept apart; default: the engine's").choices(['oci', 'chroot', 'rootless']),
  )
  .addOption(volumeOption())
  .action(async (options: SizesOptions) => {
    const sizes = await measureSizes(root, options);
    const folder = join(root, 'docs/sizes');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(sizes, undefined, 2)}\n`);
    writeRendered(root);
  });

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
