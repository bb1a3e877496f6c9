import type { RunOutcome } from '../../execute/effect.ts';
import { type ExecuteContext, inContext, judge } from '../../execute/execute.ts';
import { ask, type Program, Stopped, say } from '../../execute/perform.ts';
import type { Reading } from './reading.ts';

/** PDM's words when a package has no hash that could be given. */
const NO_HASH = /Hash is not available/;

/** Asks a tool what its manifest names; its failure ends the hook. */
export function* askExported({ export: command, withoutHashes, lock }: Reading, context: ExecuteContext): Program<string> {
  const first = yield* ask(inContext(command, context));
  const again = withoutHashes !== undefined && !succeeded(first) && first.lastLines.some((line) => NO_HASH.test(line));
  if (again) yield* say('info', `${lock.file} names folders, for which there are no hashes: it is read without them.`);
  const asked = again ? withoutHashes : command;
  const outcome = again ? yield* ask(inContext(withoutHashes, context)) : first;
  const failure = judge(outcome, { kind: 'run', command: asked }, 'read-lock', lock);
  if (failure !== undefined) throw new Stopped([failure]);
  return outcome.stdout;
}

function succeeded({ end }: RunOutcome): boolean {
  return end.how === 'exit' && end.code === 0;
}
