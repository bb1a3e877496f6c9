import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');
const appsFolder = join(repository, 'test/apps');

/** One application: `project/` and what `case.json` says about it. The keys are explained in `test/apps/README.md`. */
export interface AppCase {
  readonly name: string;
  readonly project: string;
  readonly description: string;
  /** Numbers of the incumbent's behaviours that it shows. */
  readonly items: readonly number[];
  /** Variables of build and run beyond `.s2i/environment`; null takes one away that the tests set. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** Files of the project in which @INDEX_URL@, @LOOPBACK_INDEX_URL@ and @PORT@ are filled in. */
  readonly templates: readonly string[];
  /** Packages, as `name version`, that an index on loopback offers. */
  readonly index: readonly string[];
  readonly needs: Needs;
  /** `image` or `none`: whether the virtual environment stands there before assemble. */
  readonly venv: 'image' | 'none';
  readonly assemble: AssembleExpectation;
  /** Absent where assemble is expected to fail. */
  readonly run?: RunExpectation;
}

export interface Needs {
  /** Debian packages beyond those that every test may use. */
  readonly packages: readonly string[];
  /** Why only `bin/test --all` runs it. */
  readonly all?: string;
}

export interface AssembleExpectation {
  readonly exit: number;
  /** Each must be part of some line of the log. */
  readonly log: readonly string[];
  readonly notLog: readonly string[];
  /** Paths below the application's folder that must exist, or must not. */
  readonly files: readonly string[];
  readonly noFiles: readonly string[];
  /** A second assemble of the same source over the same tree must succeed and end in the same pages. */
  readonly again: boolean;
}

export interface RunExpectation {
  readonly log: readonly string[];
  readonly notLog: readonly string[];
  readonly http: readonly PageExpectation[];
  /** Messages sent over a WebSocket, and what comes back. */
  readonly webSocket: readonly { readonly path: string; readonly send: string; readonly receive: string }[];
  /** `environment`: a free port in PORT. `project`: a free port in @PORT@ of the project. A number: neither is given. */
  readonly port: 'environment' | 'project' | number;
  /** Who listens: the process that was the hook, or one that it started (a development server's reloader). */
  readonly answeredBy: 'self' | 'child';
  /** How many processes the server keeps beside itself. */
  readonly workers?: number;
  readonly stop: {
    readonly signal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT';
    readonly withinSeconds: number;
    readonly exit: number | string;
    /** In a container, where a signal that a server raises again after its end does not end process 1. */
    readonly exitAsProcessOne?: number;
  };
  /** Paths below the application's folder that the running application must have made. */
  readonly files: readonly string[];
  /** Started once more with everything but /tmp read-only, with these variables; `http` where the pages differ. */
  readonly readOnly?: { readonly environment: Readonly<Record<string, string>>; readonly http: readonly PageExpectation[] };
}

export interface PageExpectation {
  readonly path: string;
  readonly status: number;
  readonly body: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const CASE = ['description', 'source', 'items', 'environment', 'templates', 'index', 'needs', 'venv', 'assemble', 'run'];
const ASSEMBLE = ['exit', 'log', 'notLog', 'files', 'noFiles', 'again'];
const RUN = ['log', 'notLog', 'http', 'webSocket', 'port', 'answeredBy', 'workers', 'stop', 'files', 'readOnly'];

/** Every application, sorted by name. A key that nobody reads is an error: it would be an expectation nobody checks. */
export function readApps(): readonly AppCase[] {
  const folders = readdirSync(appsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => readApp(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readApp(name: string): AppCase {
  const folder = join(appsFolder, name);
  const given = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Partial<AppCase> & { source?: string };
  const project = given.source === undefined ? join(folder, 'project') : join(repository, given.source);
  if (!existsSync(project)) throw new Error(`${name} has no folder ${project}`);
  refuseUnknown(name, given, CASE);
  refuseUnknown(`${name}: needs`, given.needs ?? {}, ['packages', 'all']);
  if (typeof given.description !== 'string') throw new Error(`${name}/case.json has no description`);
  const assemble = withAssembleDefaults(name, given.assemble ?? {});
  if (given.run === undefined && assemble.exit === 0) throw new Error(`${name}/case.json does not say what run does`);
  return {
    items: [],
    environment: {},
    templates: [],
    index: [],
    venv: 'image',
    ...given,
    needs: { packages: [], ...given.needs },
    name,
    project,
    description: given.description,
    assemble,
    ...(given.run === undefined ? {} : { run: withRunDefaults(name, given.run) }),
  };
}

function withAssembleDefaults(name: string, given: Partial<AssembleExpectation>): AssembleExpectation {
  refuseUnknown(`${name}: assemble`, given, ASSEMBLE);
  return { exit: 0, log: [], notLog: [], files: [], noFiles: [], again: false, ...given };
}

function withRunDefaults(name: string, given: Partial<RunExpectation>): RunExpectation {
  refuseUnknown(`${name}: run`, given, RUN);
  refuseUnknown(`${name}: run.stop`, given.stop ?? {}, ['signal', 'withinSeconds', 'exit', 'exitAsProcessOne']);
  refuseUnknown(`${name}: run.readOnly`, given.readOnly ?? {}, ['environment', 'http']);
  const http = withPageDefaults(name, given.http ?? []);
  if (http.length === 0) throw new Error(`${name}/case.json asks for no page`);
  for (const one of given.webSocket ?? []) refuseUnknown(`${name}: run.webSocket`, one, ['path', 'send', 'receive']);
  const readOnly = given.readOnly && {
    environment: given.readOnly.environment ?? {},
    http: given.readOnly.http === undefined ? http : withPageDefaults(name, given.readOnly.http),
  };
  const defaults = { log: [], notLog: [], webSocket: [], port: 'environment', answeredBy: 'self', files: [] } as const;
  const stop = { signal: 'SIGTERM', withinSeconds: 10, exit: 0, ...given.stop } as const;
  return { ...defaults, ...given, http, stop, ...(readOnly === undefined ? {} : { readOnly }) };
}

function withPageDefaults(name: string, given: readonly Partial<PageExpectation>[]): readonly PageExpectation[] {
  for (const page of given) refuseUnknown(`${name}: run.http`, page, ['path', 'status', 'body']);
  return given.map((page) => ({ path: '/', status: 200, body: [], ...page }));
}

function refuseUnknown(name: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value as Json).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${name}: unknown ${unknown.join(', ')}; known are ${known.join(', ')}`);
}
