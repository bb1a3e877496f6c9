/** `npm run images -- …`: renders what is committed below images/, builds the images, measures them. */
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { renderDockerfile } from '../src/image/dockerfile/render.ts';
import { flavourDockerfile, flavoursOf } from '../src/image/flavours.ts';
import { productVersion } from '../src/image/rendered.ts';
import { FLAVOURS, type Flavour } from '../src/image/spec/contract.ts';
import type { Distribution } from '../src/image/spec/distribution.ts';
import { BUILT, DISTRIBUTIONS, findDistribution } from '../src/image/spec/distributions.ts';
import { type BuildOptions, buildImages } from './images/build.ts';
import { lockTools } from './images/lock-tools.ts';
import { measureImages } from './images/measure.ts';
import { engineOptions } from './images/options.ts';
import { runProgram } from './images/program.ts';
import { writeRendered } from './images/render.ts';

const root = join(import.meta.dirname, '..');

function program(): Command {
  const command = new Command('npm run images --')
    .description('Renders, builds and measures the images.')
    .showHelpAfterError()
    .exitOverride();
  command
    .command('render')
    .description('write the rendered Dockerfiles and pages below images/ and docs/')
    .option('--print <RELEASE>', `print one Dockerfile instead: ${DISTRIBUTIONS.map(({ release }) => release).join(', ')}`)
    .addOption(new Option('--flavour <NAME>', 'of --print').choices(FLAVOURS).default('full'))
    .action(({ print, flavour }: { print?: string; flavour: Flavour }) => {
      if (print === undefined) writeRendered(root);
      else process.stdout.write(renderDockerfile(flavourDockerfile(flavour, distribution(print), productVersion(root))));
    });
  withImages(command.command('build'))
    .description('build images, tag them and print the sizes of their layers; run `npm run build` before')
    .option('--no-cache', 'use no result of an earlier build')
    .addOption(new Option('--hooks <KIND>', 'hooks that the full image calls; default: node').choices(['node', 'native']))
    .action((options: BuildOptions & Wanted) => buildImages(root, wanted(options), options));
  withImages(command.command('measure'))
    .description('measure built images and groups of packages, for the READMEs; takes minutes')
    .action((options: BuildOptions & Wanted) => measureImages(root, wanted(options), options));
  command
    .command('lock-tools')
    .description('write the locks of uv, Poetry, PDM and Pipenv below images/build/tools, from the versions that assemble pins')
    .action(() => lockTools(root));
  return command;
}

function withImages(command: Command): Command {
  const chosen = command
    .addOption(
      new Option('--release <RELEASE>', 'release of the distribution')
        .choices([...BUILT.map(({ release }) => release), 'all'])
        .default('all'),
    )
    .addOption(new Option('--flavour <NAME>', 'which image').choices([...FLAVOURS, 'all']).default('full'));
  return engineOptions(chosen).option(
    '--ca-bundle <FILE>',
    "certificates that pip is fetched with, where the system's do not do",
    process.env.S2I_CA_BUNDLE,
  );
}

/** As commander gives them. */
interface Wanted {
  readonly release: string;
  readonly flavour: Flavour | 'all';
}

function wanted({ release, flavour }: Wanted): readonly (readonly [Distribution, Flavour])[] {
  const distributions = release === 'all' ? BUILT : [distribution(release)];
  return distributions.flatMap((one) =>
    flavoursOf(one)
      .filter((name) => flavour === 'all' || name === flavour)
      .map((name) => [one, name] as const),
  );
}

function distribution(release: string): Distribution {
  const found = findDistribution(release);
  if (found === undefined) {
    const known = DISTRIBUTIONS.map((one) => one.release).join(', ');
    throw new CommanderError(2, 'said', `error: no release ${release}: ${known}`);
  }
  return found;
}

await runProgram(program());
