import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const corpusFolder = join(import.meta.dirname, '../corpus');

export type HookName = 'assemble' | 'assemble-dependencies' | 'run' | 'migrate';

/** `case.json`, with every default filled in. The keys are explained in `test/corpus/README.md`. */
export interface CorpusCase {
  readonly description: string;
  readonly items: readonly number[];
  readonly hooks: readonly HookName[];
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, CaseFile>>;
  readonly image: CaseImage;
  readonly answers: readonly CaseAnswer[];
  readonly trees: readonly CaseTree[];
  /** What Python's parser says about files of the project, by file. Recorded. */
  readonly sources: Readonly<Record<string, unknown>>;
  readonly capabilities: readonly string[];
  readonly container?: unknown;
}

export type CaseFile = { readonly base64: string } | { readonly repeat: string; readonly times: number };

export interface CaseImage {
  readonly installed: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly programs?: readonly string[];
  readonly venv: boolean;
  readonly processors: number;
  readonly user: { readonly uid: number; readonly gid: number; readonly pid: number };
}

export interface CaseAnswer {
  readonly to: readonly string[];
  readonly exit?: number;
  readonly signal?: number;
  /** Its time was over: the seconds that it was given. */
  readonly timedOut?: number;
  readonly interrupted?: 'SIGTERM' | 'SIGINT';
  readonly stdout?: string;
  readonly lines?: readonly string[];
  readonly times?: number;
}

export interface CaseTree {
  /** Kind of the effect. */
  readonly to: string;
  /** How often it answers so; always by default. */
  readonly times?: number;
  readonly problems: readonly { readonly name: string; readonly reason: string; readonly detail: string }[];
}

export interface FoundCase {
  /** `<theme>/<case>` */
  readonly name: string;
  readonly folder: string;
  readonly spec: CorpusCase;
}

const KEYS = [
  'description',
  'items',
  'hooks',
  'environment',
  'files',
  'image',
  'answers',
  'trees',
  'sources',
  'capabilities',
  'container',
];
const IMAGE_KEYS = ['installed', 'files', 'programs', 'venv', 'processors', 'user'];

/** Every case of the corpus. A key that nobody reads is an error: it would be a case that shows nothing. */
export function readCorpus(): readonly FoundCase[] {
  const themes = readdirSync(corpusFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return themes.flatMap(({ name: theme }) =>
    readdirSync(join(corpusFolder, theme))
      .filter((name) => existsSync(join(corpusFolder, theme, name, 'case.json')))
      .map((name) => readCase(`${theme}/${name}`)),
  );
}

function readCase(name: string): FoundCase {
  const folder = join(corpusFolder, name);
  const given = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Partial<CorpusCase> & {
    image?: Partial<CaseImage>;
  };
  refuseUnknown(name, given, KEYS);
  refuseUnknown(`${name}: image`, given.image ?? {}, IMAGE_KEYS);
  if (typeof given.description !== 'string') throw new Error(`${name}/case.json has no description`);
  const image = { installed: {}, files: {}, venv: true, processors: 4, user: { uid: 1001, gid: 0, pid: 1 }, ...given.image };
  const defaults = {
    items: [],
    hooks: ['assemble', 'run'] as const,
    environment: {},
    files: {},
    answers: [],
    trees: [],
    sources: {},
    capabilities: [],
  };
  return { name, folder, spec: { ...defaults, ...given, description: given.description, image } };
}

function refuseUnknown(name: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${name}: unknown ${unknown.join(', ')}; known are ${known.join(', ')}`);
}
