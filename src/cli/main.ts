import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { printPlan } from './plan.ts';
import { startHook } from './start-hook.ts';

/** Exit statuses of the program: 0, 1 project, 2 usage or configuration, 70 bug, 75 try again. */
const USAGE = 2;
const BUG = 70;

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}

function program(): Command {
  const command = new Command('s2i-python')
    .description('Turns a Python project into what an image runs: the Source-to-Image hooks, and what they would do.')
    .version(version())
    .showHelpAfterError('(s2i-python --help lists the commands)')
    .exitOverride();
  addPlan(command);
  addHook(command, 'assemble', 'install the source from /tmp/src and its dependencies into APP_ROOT').option(
    '--only-dependencies',
    'install what the manifests in /tmp/src name and leave the source where it is',
  );
  addHook(command, 'run', 'start the assembled application in the current folder; this process becomes it');
  addHook(command, 'migrate', "migrate the application's Django database, one process at a time, and start nothing");
  addHook(command, 'usage', 'say how to use the image');
  addHook(command, 'save-artifacts', 'stream the installed environment as tar to standard output');
  addHook(command, 'fix-permissions', 'give a tree to group 0 with read and write permission').argument(
    '<PATH>',
    'file or folder',
  );
  return command;
}

interface PlanOptions {
  readonly json: boolean;
  readonly all: boolean;
  readonly env: Readonly<Record<string, string>>;
}

function addPlan(parent: Command): void {
  parent
    .command('plan')
    .description('say what assemble would do with a project and what run would start, and why; changes nothing')
    .argument('[DIR]', 'folder of the project', '.')
    .option('--json', 'print JSON: docs/plan.md', false)
    .option('--all', 'print every step and every candidate with its place', false)
    .addOption(
      new Option('-e, --env <NAME=VALUE>', 'a variable of the build and the start; may be repeated')
        .argParser(collectVariable)
        .default({}, 'none'),
    )
    .action((folder: string, { json, all, env }: PlanOptions) => {
      process.exitCode = printPlan(folder, json ? 'json' : all ? 'all' : 'short', env);
    });
}

function collectVariable(text: string, previous: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals < 1)
    throw new CommanderError(USAGE, 'env', `error: --env ${text}: expected NAME=VALUE, e.g. --env APP_MODULE=wsgi:application`);
  return { ...previous, [text.slice(0, equals)]: text.slice(equals + 1) };
}

function addHook(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(`hook: ${description}`)
    .action((...given: readonly unknown[]) => {
      process.exitCode = startHook(name, wordsOf(given[0]));
    });
}

/** The argument of a hook, or its options, as the hook itself takes them. */
function wordsOf(given: unknown): readonly string[] {
  if (typeof given === 'string') return [given];
  const options: object = typeof given === 'object' && given !== null ? given : {};
  return 'onlyDependencies' in options ? ['--only-dependencies'] : [];
}

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.code === 'env') process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else {
    process.stderr.write(
      `ERROR: this is an error of s2i-python itself: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = BUG;
  }
}
