import { type Command, CommanderError } from 'commander';
import { engineExitCode, renderEngineFailure } from '../../src/engine/words.ts';
import { EngineError } from './engine.ts';

/** Runs a program on the arguments of this process; what an engine or a wrong argument ends it with, it ends with. */
export async function runProgram(program: Command): Promise<void> {
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
}
