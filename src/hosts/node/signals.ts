import type { SignalName } from '../../execute/effect.ts';

/**
 * Keeps signals that arrive while a program runs, and passes them on to it. The handlers stay from the first program to
 * the end of the drive, so that nothing temporary is left behind by a signal that arrives between two programs.
 */
export interface SignalWatch {
  start(): void;
  /** Gives each signal to this function from now on; undefined: to nobody. */
  passTo(receiver: ((signal: SignalName) => void) | undefined): void;
  /** The first stopping signal since the last call; it is forgotten. */
  takeInterruption(): SignalName | undefined;
  /** Removes the handlers, after signals that were already on their way have been seen. */
  stop(): Promise<void>;
  readonly active: boolean;
}

const forwarded: readonly SignalName[] = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'];
const stopping: ReadonlySet<SignalName> = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP']);

export function createSignalWatch(): SignalWatch {
  let receiver: ((signal: SignalName) => void) | undefined;
  let interruption: SignalName | undefined;
  let active = false;
  const handlers = forwarded.map((signal) => {
    const handler = (): void => {
      if (stopping.has(signal)) interruption ??= signal;
      receiver?.(signal);
    };
    return { signal, handler };
  });
  return {
    start: () => {
      if (!active) for (const { signal, handler } of handlers) process.on(signal, handler);
      active = true;
    },
    passTo: (next) => {
      receiver = next;
    },
    takeInterruption: () => {
      const taken = interruption;
      interruption = undefined;
      return taken;
    },
    stop: async () => {
      // The first turn of the event loop may have begun before the signal arrived.
      for (let turn = 0; active && turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      for (const { signal, handler } of handlers) process.off(signal, handler);
      active = false;
    },
    get active() {
      return active;
    },
  };
}
