/** `npm run sizes`: builds the same applications in each way, measures the images, writes docs/sizes. Takes minutes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { engineOptions } from './images/options.ts';
import { runProgram } from './images/program.ts';
import { writeRendered } from './images/render.ts';
import { volumeOption } from './images/volume.ts';
import { measureSizes, type SizesOptions } from './sizes/measure.ts';

const root = join(import.meta.dirname, '..');

const command = new Command('npm run sizes --')
  .description('Builds one Flask and one Django application in each way and writes docs/sizes. The images have to be built.')
  .showHelpAfterError()
  .exitOverride();
const program = engineOptions(command)
  .addOption(volumeOption())
  .action(async (options: SizesOptions) => {
    const sizes = await measureSizes(root, options);
    const folder = join(root, 'docs/sizes');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'measured.json'), `${JSON.stringify(sizes, undefined, 2)}\n`);
    writeRendered(root);
  });

await runProgram(program);
