import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../src/hosts/capabilities.ts';
import type { Bench } from './bench.ts';
import { importRow } from './imports.ts';
import { installRows } from './installs/rows.ts';
import type { Measured } from './report/results.ts';
import { APXS, type Application } from './root/applications.ts';
import { places } from './root/places.ts';
import { reached } from './root/stub.ts';

/** What a line of the table is called, and what it has to reach. */
export interface Goal {
  readonly id: string;
  readonly title: string;
  /** Largest allowed ratio to the baseline; absent for a row that is only reported. */
  readonly target?: number;
  /** Largest resident set that is allowed, MB. */
  readonly memory?: number;
}

/** One line of the table. */
export type Row = HookRow | OwnRow;

/** Something with a way of its own to be measured. */
export interface OwnRow extends Goal {
  /** Whose hooks are measured. */
  readonly host: HostName;
  /** Samples of ours, and of what they are compared with, if there is something; or why it cannot be measured here. */
  readonly measure: (bench: Bench) => Promise<Pick<Measured, 'ours' | 'baseline'> | string>;
}

/** A hook: what is run, on which application. */
export interface HookRow extends Goal {
  readonly application: Application;
  /** Places of the command, the first that exists in a root is taken, and its arguments. */
  readonly command: { readonly program: readonly string[]; readonly arguments: readonly string[] };
  readonly environment: Readonly<Record<string, string>>;
  readonly prepare: 'nothing' | 'sources' | 'wrong-modes';
  /** The exit status that proves it did its work; for a server the port where it is asked until it answers with status 200. */
  readonly until: { readonly exit: number } | { readonly port: number };
  /** A file without which it cannot be measured. */
  readonly needs?: string;
  /** At most so many rounds, where one takes seconds. */
  readonly rounds?: number;
  /** `ours` where the baseline has nothing to compare. */
  readonly of: 'both' | 'ours';
  /** Whose hooks are measured. */
  readonly host: HostName;
}

const run = {
  command: { program: [`${places.hooks}/run`], arguments: [] },
  environment: {},
  prepare: 'nothing',
  until: { exit: reached },
  of: 'both',
  host: 'node',
} as const;

const assemble = {
  command: { program: [`${places.hooks}/assemble`], arguments: [] },
  // The baseline imports nothing, leaves compiling to pip, which is none here, and asks for no libraries, so nothing compiled is
  // installed: what these take has a row of its own.
  environment: { S2I_START_CHECK: 'off', PIP_COMPILE: '1', PYTHONDONTWRITEBYTECODE: '1' },
  prepare: 'sources',
  until: { exit: 0 },
  of: 'both',
  host: 'node',
} as const;

const serve = {
  command: run.command,
  prepare: 'nothing',
  until: { port: 8080 },
  of: 'both',
  host: 'node',
  rounds: 8,
} as const;

const fixPermissions = {
  application: 'flask',
  command: { program: ['/usr/bin/fix-permissions', `${places.hooks}/fix-permissions`], arguments: [places.tree, '-P'] },
  environment: {},
  until: { exit: 0 },
  of: 'both',
  host: 'node',
  target: 0.6,
  rounds: 7,
} as const;

const nodeRows: readonly HookRow[] = [
  {
    ...run,
    id: 'run-django',
    title: 'run, Django and gunicorn, to the exec',
    application: 'django',
    environment: { DISABLE_MIGRATE: '1' },
    target: 0.7,
  },
  { ...run, id: 'run-flask', title: 'run, Flask and gunicorn, to the exec', application: 'flask', target: 0.7 },
  {
    ...run,
    id: 'run-django-stored',
    title: 'run, Django, with the start that assemble decided',
    application: 'django-stored',
    environment: { DISABLE_MIGRATE: '1' },
    target: 0.7,
  },
  {
    ...run,
    id: 'run-flask-stored',
    title: 'run, Flask, with the start that assemble decided',
    application: 'flask-stored',
    target: 0.7,
  },
  { ...run, id: 'run-app-py', title: 'run, app.py, to the exec', application: 'app-py' },
  { ...run, id: 'run-app-sh', title: 'run, app.sh, to its end', application: 'app-sh' },
  { ...assemble, id: 'assemble', title: 'assemble without pip, small', application: 'assemble', target: 0.5 },
  {
    ...assemble,
    id: 'assemble-checked',
    title: 'the same, with bytecode, libraries and the application imported',
    application: 'assemble-compiled',
    environment: {},
  },
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
    ...serve,
    id: 'serve-gunicorn',
    title: 'run, gunicorn, to the first answer',
    application: 'serve',
    environment: { APP_MODULE: 'wsgi' },
  },
  {
    ...serve,
    id: 'serve-mod-wsgi',
    title: 'run, mod_wsgi, to the first answer',
    application: 'serve-mod-wsgi',
    environment: { APP_SERVER: 'mod_wsgi' },
    needs: APXS,
  },
  {
    ...serve,
    id: 'serve-uvicorn',
    title: 'run, uvicorn, to the first answer',
    application: 'serve',
    environment: { APP_MODULE: 'asgi:application', APP_SERVER: 'uvicorn' },
    of: 'ours',
  },
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

/** What the native host has to reach in a row of the Node host: the ratio to the baseline, and MB. */
const nativeTargets: Readonly<Record<string, Pick<HookRow, 'target' | 'memory'>>> = {
  'run-django': { target: 0.08, memory: 4 },
  'run-flask': { target: 0.08, memory: 4 },
  'run-django-stored': { target: 0.08, memory: 4 },
  'run-flask-stored': { target: 0.08, memory: 4 },
  'run-app-py': { target: 0.5, memory: 4 },
  'run-app-sh': { memory: 4 },
  assemble: { target: 0.3, memory: 16 },
  'assemble-many': { target: 0.3, memory: 16 },
  'fix-permissions-clean': { target: 0.35, memory: 4 },
  'fix-permissions-wrong': { target: 0.35, memory: 4 },
  'serve-gunicorn': {},
  'serve-mod-wsgi': {},
  'serve-uvicorn': {},
};

const alone = { application: 'flask', environment: {}, prepare: 'nothing', of: 'ours', host: 'native' } as const;
const program = (name: string, ...words: readonly string[]): HookRow['command'] => ({
  program: [`${places.hooks}/${name}`],
  arguments: words,
});

const nativeRows: readonly HookRow[] = [
  ...nodeRows.flatMap(({ target: _, ...row }): readonly HookRow[] => {
    const targets = nativeTargets[row.id];
    return targets === undefined
      ? []
      : [{ ...row, ...targets, id: `native-${row.id}`, title: `native: ${row.title}`, host: 'native' }];
  }),
  {
    ...alone,
    id: 'native-plan',
    title: 'native: plan',
    command: program('plan', places.sources),
    until: { exit: 0 },
    memory: 16,
  },
  {
    ...alone,
    id: 'native-fix-permissions-one',
    title: 'native: fix-permissions, 100,000 files in one folder',
    command: program('fix-permissions', places.folder, '-P'),
    until: { exit: 0 },
    memory: 4,
    rounds: 5,
  },
  {
    ...alone,
    id: 'native-init',
    title: 'native: init-wrapper, to the end of its child',
    command: program('init-wrapper', `${places.bench}/stub`),
    until: { exit: reached },
    memory: 4,
  },
  {
    ...alone,
    id: 'native-entrypoint',
    title: 'native: container-entrypoint, to the exec',
    command: program('container-entrypoint', `${places.bench}/stub`),
    until: { exit: reached },
    memory: 4,
  },
];

export const rows: readonly Row[] = [...nodeRows, ...nativeRows, importRow, ...installRows];

/** The options our hooks start Node with. */
function nodeOptions(): readonly string[] {
  const start = readFileSync(join(import.meta.dirname, '../s2i/bin/lib/start.sh'), 'utf8');
  return /^options='([^']*)'$/m.exec(start)?.[1]?.split(' ') ?? [];
}
