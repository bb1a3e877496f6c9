import type { Command, EnvironmentPatch, Run } from '../../execute/effect.ts';
import { type Step, TEMPORARY, type UsedLock } from '../../execute/plan.ts';
import { fromFile } from '../../inspect/fact.ts';
import type { AssembleFacts } from '../facts.ts';

/** How a tool tells what a manifest names. None of it writes into the project or into the application's environment. */
export interface Reading {
  readonly lock: UsedLock;
  /** Makes sure that the lock fits the manifest that it was made from; none where the export itself does. */
  readonly checks: readonly Step[];
  readonly export: Command;
  /** Asked instead when the first refuses because of what has no hash. */
  readonly withoutHashes?: Command;
}

/** What reading a manifest needs to know. */
export interface ReadingContext {
  readonly facts: AssembleFacts;
  /** The tool, ready to be started. */
  readonly program: string;
  readonly manifest: string;
}

/** Words of S2I_INSTALL_EXTRAS or S2I_INSTALL_GROUPS. */
export function wordsOf({ settings }: Pick<AssembleFacts, 'settings'>, name: 'S2I_INSTALL_EXTRAS' | 'S2I_INSTALL_GROUPS') {
  return (settings.text(name)?.value ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

/** An option before each word. */
export function eachWith(option: string, words: readonly string[]): readonly string[] {
  return words.flatMap((word) => [option, word]);
}

/**
 * The environment of a tool that owns environments: it sees none of the application, neither its virtual environment nor its
 * modules, and what it writes down for later goes into the temporary folder. What the user has set wins.
 */
export function asideFrom({ environment, given }: AssembleFacts, variables: Readonly<Record<string, string>>): EnvironmentPatch {
  const folders = { XDG_CACHE_HOME: 'cache', XDG_DATA_HOME: 'data', XDG_STATE_HOME: 'state' };
  const own = Object.entries(folders).map(([name, folder]) => [name, `${TEMPORARY}/${folder}`] as const);
  const { VIRTUAL_ENV: _, ...set } = environment.set;
  const fallbacks = [...own, ...Object.entries(variables)].filter(([name]) => !given.has(name));
  return { set: { ...set, ...Object.fromEntries(fallbacks) }, unset: [...environment.unset, 'VIRTUAL_ENV', 'PYTHONPATH'] };
}

/** A question to the tool: its standard output is the answer, only its errors are shown. */
export function question(facts: AssembleFacts, argv: Command['argv'], environment: EnvironmentPatch): Command {
  return { argv, directory: facts.places.home, environment, output: 'keep' };
}

/** The step that makes sure that a lock fits `manifest`, which it was made from. `argv`: the tool's own check. */
export function checkLock(
  facts: AssembleFacts,
  lock: UsedLock,
  manifest: string,
  argv: Command['argv'],
  environment: EnvironmentPatch,
): Step & { readonly effect: Run } {
  return {
    id: 'check-lock',
    title: `Checking ${lock.file} ...`,
    why: `a lock that does not fit ${manifest} would install something else`,
    because: [fromFile(lock.file)],
    effect: { kind: 'run', command: { argv, directory: facts.places.home, environment, output: 'pass' } },
    onFailure: { do: 'fail', role: 'check-lock', lock },
  };
}
