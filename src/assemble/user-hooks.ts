import type { ExecuteContext } from '../execute/execute.ts';
import { execute } from '../execute/execute.ts';
import { hookStep } from '../execute/hook-step.ts';
import { type Program, Stopped } from '../execute/perform.ts';
import type { Plan, Step } from '../execute/plan.ts';
import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import { isWithin } from '../inspect/paths.ts';
import { type HookName, hookFailure, readUserHook, type UserHook } from '../inspect/user-hooks.ts';
import { withPythonPath } from './collect-static.ts';
import type { AssembleFacts } from './facts.ts';

/** The hooks of a build. */
type BuildHook = Exclude<HookName, 'pre-run'>;

/** An image that builds has a shell. */
const BUILDER = { shell: true, python: undefined };

/** What can be said of the hooks before anything is done: an interpreter may still be installed, or be another image's. */
export function hookFailures({ hooks, places }: AssembleFacts): readonly Failure[] {
  const early = hooks.found.flatMap((hook) => {
    const failure = hookFailure(hook, BUILDER);
    if (failure?.kind !== 'script-interpreter-missing') return failure ?? [];
    const { interpreter } = failure;
    const stays = interpreter.startsWith('/') && !isWithin(interpreter, places.appRoot);
    return stays && hook.name !== 'pre-run' ? failure : [];
  });
  return [...hooks.failures, ...early];
}

/** The steps of hooks as the source has them. */
export function plannedHooks(facts: AssembleFacts, ...names: readonly BuildHook[]): readonly Step[] {
  return facts.hooks.found.filter(({ name }) => names.some((one) => one === name)).map((hook) => stepOf(facts, hook));
}

/** Runs a hook if there is one, as it stands in its place now. It fails with what its file or the program itself says. */
export function* runHook(
  reader: Reader,
  facts: AssembleFacts,
  name: BuildHook,
  context: ExecuteContext,
): Program<'ran' | 'not-there'> {
  const { settings, places, environment } = facts;
  const hook = readUserHook(reader, settings, { root: places.home, name, path: environment.set.PATH ?? '' });
  if (hook === undefined) return 'not-there';
  const failure = hookFailure(hook, BUILDER);
  if (failure !== undefined) throw new Stopped([failure]);
  const plan: Plan = { format: 1, stage: 'install', notices: [], steps: [stepOf(facts, hook)] };
  yield* execute(plan, context);
  return 'ran';
}

/** The environment of the application as collectstatic has it; bytecode is compiled by assemble, in its own way. */
function stepOf(facts: AssembleFacts, hook: UserHook): Step {
  const { places, pythonPath } = facts;
  // Named without need, the folder would let its modules hide those of the standard library.
  const plain = places.appHome === places.home && pythonPath === '';
  const { set, unset } = plain ? facts.environment : withPythonPath(facts);
  return hookStep(hook, { directory: places.home, environment: { set: { ...set, PYTHONDONTWRITEBYTECODE: '1' }, unset } });
}
