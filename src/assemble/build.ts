import type { ExecuteContext } from '../execute/execute.ts';
import { sayNotices } from '../execute/execute.ts';
import { type Finished, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { withTemporary } from '../execute/temporary.ts';
import type { Failure } from '../failures/failure.ts';
import type { Secrets } from '../inspect/secrets.ts';
import { readSettings, type Settings } from '../inspect/settings/read.ts';
import { PROGRAMS } from './bytecode.ts';
import { readCaBundle, withCaBundle } from './ca-bundle.ts';
import { proveClean } from './clean.ts';
import type { AssembleFacts } from './facts.ts';
import type { InstallPlan } from './install-plan.ts';

/** What differs between the builds that assemble knows. */
export interface Build {
  readonly facts: (reader: Reader, settings: Settings) => AssembleFacts;
  /** Pure; gives every reason why the build cannot start. */
  readonly plan: (facts: AssembleFacts) => InstallPlan | { readonly failures: readonly Failure[] };
  readonly work: (reader: Reader, facts: AssembleFacts, plan: InstallPlan, context: ExecuteContext) => Program<Finished>;
}

/** Everything that can be wrong with the input is told before anything is touched; then the work is done. */
export function* build(reader: Reader, secrets: Secrets, { facts: read, plan: decide, work }: Build): Program<Finished> {
  const { settings, notices, failures } = readSettings(reader.environment, 'assemble', reader.undecodable);
  const facts = read(reader, settings);
  const plan = decide(facts);
  const bundle = readCaBundle(reader, settings);
  const all = [
    ...failures,
    ...('failures' in plan ? plan.failures : []),
    ...(bundle !== undefined && 'failure' in bundle ? [bundle.failure] : []),
  ];
  if (all.length > 0 || 'failures' in plan || (bundle !== undefined && 'failure' in bundle)) throw new Stopped(all);
  yield* sayNotices([...notices, ...secrets.notices]);
  const finished = yield* withCaBundle(bundle, (environment) => {
    const context = { environment, programs: PROGRAMS };
    if (!plan.usesTemporary) return work(reader, facts, plan, context);
    return withTemporary('s2i-tools-', (temporary) => work(reader, facts, plan, { ...context, temporary }));
  });
  yield* proveClean(reader, facts, secrets);
  return finished;
}
