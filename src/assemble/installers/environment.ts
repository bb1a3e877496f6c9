import type { ExecuteContext } from '../../execute/execute.ts';
import type { Reader } from '../../execute/reader.ts';
import { compileVariables } from '../bytecode.ts';
import type { AssembleFacts } from '../facts.ts';
import { uvIndexes } from './uv/indexes.ts';
import { wheelhouse } from './wheelhouse.ts';

/** The context of commands that install: with what the project's files say about indexes at this moment. */
export function forInstallers(context: ExecuteContext, reader: Reader, facts: AssembleFacts): ExecuteContext {
  const links = wheelhouse(reader, facts);
  const indexes = uvIndexes({ ...reader.environment, ...links }, facts.pipFiles);
  const { set, unset } = context.environment;
  return { ...context, environment: { set: { ...set, ...links, ...indexes, ...compileVariables(facts) }, unset } };
}
