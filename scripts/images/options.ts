import { type Command, Option } from 'commander';
import { ENGINES } from '../../src/engine/detect.ts';
import type { BuildRequest, EngineName } from '../../src/engine/engine.ts';

/** What `engineOptions` reads. */
export interface EngineOptions extends Pick<BuildRequest, 'network' | 'isolation'> {
  readonly engine: EngineName | 'any';
}

/** Adds the options that every program which builds with an engine has. */
export function engineOptions(command: Command): Command {
  return command
    .addOption(new Option('--engine <NAME>', 'container engine').choices(['any', ...ENGINES]).default('any'))
    .addOption(new Option('--network <MODE>', "network of the steps; default: the engine's").choices(['host', 'none']))
    .addOption(
      new Option('--isolation <MODE>', "how steps are kept apart; default: the engine's").choices(['oci', 'chroot', 'rootless']),
    );
}
