import * as posix from 'posix';
import type { SignalName } from '../../execute/effect.ts';

const names: Readonly<Record<number, SignalName>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  10: 'SIGUSR1',
  12: 'SIGUSR2',
  15: 'SIGTERM',
  28: 'SIGWINCH',
};

const stopping: ReadonlySet<SignalName> = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP']);

/** A signal that asks a hook to stop. */
export interface Interruption {
  readonly name: SignalName;
  readonly number: number;
}

/** The first of these signals that asks to stop. */
export function interruptionIn(numbers: readonly number[]): Interruption | undefined {
  for (const number of numbers) {
    const name = names[number];
    if (name !== undefined && stopping.has(name)) return { name, number };
  }
  return undefined;
}

/** The first stopping signal that was kept; every kept one is forgotten. */
export function takeInterruption(): Interruption | undefined {
  const numbers: number[] = [];
  for (let number = posix.takeSignal(); number > 0; number = posix.takeSignal()) numbers.push(number);
  return interruptionIn(numbers);
}
