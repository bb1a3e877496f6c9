import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from './root/applications.ts';
import { places } from './root/places.ts';
import { reached } from './root/stub.ts';

/** One line of the table: what is run, on which application, and how much slower than the baseline it may be. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly application: Application;
  /** Places of the command, the first that exists in a root is taken, and its arguments. */
  readonly command: { readonly program: readonly string[]; readonly arguments: readonly string[] };
  readonly environment: Readonly<Record<string, string>>;
  readonly prepare: 'nothing' | 'sources' | 'wrong-modes';
  /** The exit status that proves it did its work. */
  readonly exit: number;
  /** Largest allowed ratio; absent for a row that is only reported. */
  readonly target?: number;
  /** `ours` where the baseline has nothing to compare. */
  readonly of: 'both' | 'ours';
}

const run = {
  command: { program: [`${places.hooks}/run`], arguments: [] },
  environment: {},
  prepare: 'nothing',
  exit: reached,
  of: 'both',
} as const;

const assemble = {
  command: { program: [`${places.hooks}/assemble`], arguments: [] },
  environment: {},
  prepare: 'sources',
  exit: 0,
  of: 'both',
} as const;

const fixPermissions = {
  application: 'flask',
  command: { program: ['/usr/bin/fix-permissions', `${places.hooks}/fix-permissions`], arguments: [places.tree, '-P'] },
  environment: {},
  exit: 0,
  of: 'both',
  target: 0.6,
} as const;

export const rows: readonly Row[] = [
  {
    ...run,
    id: 'run-django',
    title: 'run, Django and gunicorn, to the exec',
    application: 'django',
    environment: { DISABLE_MIGRATE: '1' },
    target: 0.7,
  },
  { ...run, id: 'run-flask', title: 'run, Flask and gunicorn, to the exec', application: 'flask', target: 0.7 },
  { ...run, id: 'run-app-py', title: 'run, app.py, to the exec', application: 'app-py' },
  { ...run, id: 'run-app-sh', title: 'run, app.sh, to its end', application: 'app-sh' },
  { ...assemble, id: 'assemble', title: 'assemble without pip, small', application: 'assemble', target: 0.5 },
  {
    ...assemble,
    id: 'assemble-many',
    title: 'assemble without pip, 8,000 more files',
    application: 'assemble-many',
    target: 0.5,
  },
  { ...fixPermissions, id: 'fix-permissions-clean', title: 'fix-permissions, 100,000 files, clean', prepare: 'nothing' },
  { ...fixPermissions, id: 'fix-permissions-wrong', title: 'fix-permissions, 100,000 files, all wrong', prepare: 'wrong-modes' },
  {
    ...run,
    id: 'node-floor',
    title: 'Node alone, to an exec',
    application: 'flask',
    command: {
      program: [places.node],
      arguments: [...nodeOptions(), places.floor],
    },
    of: 'ours',
  },
];

/** The options our hooks start Node with. */
function nodeOptions(): readonly string[] {
  const start = readFileSync(join(import.meta.dirname, '../s2i/bin/lib/start.sh'), 'utf8');
  return /^options='([^']*)'$/m.exec(start)?.[1]?.split(' ') ?? [];
}
