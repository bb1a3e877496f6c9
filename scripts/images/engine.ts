import { chooseEngine } from '../../src/engine/detect.ts';
import type { Engine, EngineName, Outcome } from '../../src/engine/engine.ts';
import type { EngineFailure } from '../../src/engine/failure.ts';

/** Ends the program with the words and the status of a failure. */
export class EngineError extends Error {
  readonly failure: EngineFailure;
  constructor(failure: EngineFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** The value, or an `EngineError`. */
export function succeeded<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new EngineError(outcome.failure);
  return outcome.value;
}

/** The engine asked for, in the environment of this process: its variables say where images are kept. */
export async function openEngine(name: EngineName | 'any'): Promise<Engine> {
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return succeeded(await chooseEngine(name, { environment }));
}
