import { mismatch, type Program, Stopped, tree } from './perform.ts';

/** Runs the body with an empty private directory that is gone afterwards, whatever happens. */
export function* withTemporary<T>(prefix: string, body: (directory: string) => Program<T>): Program<T> {
  const made = yield { kind: 'make-temporary', prefix };
  if (made.kind === 'refused') throw new Stopped([{ kind: 'tree-failed', role: 'make-temporary', problems: [made.problem] }]);
  if (made.kind !== 'made') throw mismatch('make-temporary', made);
  try {
    return yield* body(made.path);
  } finally {
    yield* tree({ kind: 'remove-tree', path: made.path });
  }
}
