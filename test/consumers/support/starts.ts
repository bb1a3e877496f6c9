import type { RunRequest } from '../../../src/engine/engine.ts';
import type { AppCase, RunExpectation } from '../../support/app-case.ts';

/** How a container is started. */
export interface Manner {
  readonly user: string;
  readonly root: 'writable' | 'read-only';
  readonly init: 'default' | 'off';
}

export interface Start {
  readonly request: Omit<RunRequest, 'name' | 'image'>;
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunExpectation;
}

/** Whether an application can be started like that; one that is not started at all shows everything else anywhere. */
export function canStart({ run }: AppCase, { root, init }: Pick<Manner, 'root' | 'init'>): boolean {
  if (run === undefined) return true;
  // It writes into its own folder, and its case does not say how it does without.
  if (root === 'read-only' && run.files.length > 0 && run.readOnly === undefined) return false;
  // Process 1 does not hear a signal that it does not handle (B64): such an application needs the init.
  return !(init === 'off' && typeof run.stop.exit === 'string');
}

/** As the manner says; what its case says to need nothing but /tmp is shown that too. */
export function startsOf({ run }: AppCase, manner: Manner): readonly Start[] {
  if (run === undefined) return [];
  const readOnly = { ...manner, root: 'read-only' } as const;
  const more = manner.root === 'writable' && run.readOnly !== undefined ? [startIn(readOnly, run)] : [];
  return [startIn(manner, run), ...more];
}

function startIn({ user, root, init }: Manner, run: RunExpectation): Start {
  const environment = init === 'off' ? { S2I_INIT: 'off' } : {};
  if (root === 'writable') return { request: { user }, environment, run };
  const { readOnly } = run;
  return {
    request: { user, rootFilesystem: 'read-only', temporary: ['/tmp'] },
    environment: { ...environment, ...readOnly?.environment },
    run: readOnly === undefined ? run : { ...run, log: [], http: readOnly.http },
  };
}
