import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import type { ProjectView } from '../view.ts';
import { MAX_MANIFEST_BYTES } from './depth.ts';
import { isNoFile } from './no-file.ts';
import { NO_TOOL_SETTINGS, type ToolSettings, toolSettings } from './pyproject-tools.ts';
import { type Table, tableAt } from './table.ts';
import { parseToml } from './toml.ts';

/** What pyproject.toml declares (PEP 518, PEP 621). */
export interface Pyproject {
  readonly file: 'pyproject.toml';
  readonly text: string;
  /** It declares an application or a build backend, not only settings of tools. */
  readonly declaresPackage: boolean;
  /** The key that declares it, for explanations. */
  readonly declaredBy: string | undefined;
  readonly name: string | undefined;
  /** `project.dependencies` (PEP 621); undefined where a build backend alone knows them. */
  readonly dependencies: readonly string[] | undefined;
  readonly tools: ToolSettings;
  readonly failures: readonly Failure[];
  readonly notices: readonly Notice[];
}

export function readPyproject(view: ProjectView): Pyproject | undefined {
  const read = view.readText('pyproject.toml', MAX_MANIFEST_BYTES);
  if (read.ok) return parsePyproject(read.text, read.bom);
  if (isNoFile(read.problem)) return undefined;
  const failure: Failure = { kind: 'manifest-unreadable', file: 'pyproject.toml', problem: read.problem };
  return nothing('', [failure]);
}

const MARKED: Failure = { kind: 'manifest-bom', file: 'pyproject.toml', reader: 'pip' };

/** Parses the text; a syntax error is a failure in the facts, never thrown. */
function parsePyproject(text: string, bom = false): Pyproject {
  const parsed = parseToml('pyproject.toml', text);
  if ('failure' in parsed) return nothing(text, [parsed.failure]);
  const { table } = parsed;
  const poetry = tableAt(tableAt(table, 'tool') ?? {}, 'poetry');
  const declaredBy =
    ['build-system', 'project'].find((key) => table[key] !== undefined) ??
    (poetry?.name === undefined ? undefined : 'tool.poetry');
  return {
    file: 'pyproject.toml',
    text,
    declaresPackage: declaredBy !== undefined,
    declaredBy,
    name: textAt(tableAt(table, 'project') ?? poetry ?? {}, 'name'),
    dependencies: staticDependencies(tableAt(table, 'project')),
    tools: toolSettings(table),
    // pip opens the file without taking the mark off, and TOML knows none.
    failures: [...(bom && declaredBy !== undefined ? [MARKED] : []), ...checkShape(table)],
    notices: bom && declaredBy === undefined ? [{ kind: 'manifest-bom', file: 'pyproject.toml' }] : [],
  };
}

/** Shapes that every backend refuses, told before it starts. */
function checkShape(table: Table): readonly Failure[] {
  const file = 'pyproject.toml';
  const failures: Failure[] = [];
  for (const key of ['build-system', 'project'] as const) {
    if (table[key] !== undefined && tableAt(table, key) === undefined) {
      failures.push({ kind: 'manifest-shape', file, key, found: describe(table[key]), expected: 'a table', write: `[${key}]` });
    }
  }
  const requires = tableAt(table, 'build-system')?.requires;
  if (tableAt(table, 'build-system') !== undefined && !isTexts(requires)) {
    failures.push({
      kind: 'manifest-shape',
      file,
      key: 'build-system.requires',
      found: requires === undefined ? 'missing' : describe(requires),
      expected: 'an array of requirements (PEP 518)',
      write: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"',
    });
  }
  const dependencies = tableAt(table, 'project')?.dependencies;
  if (dependencies !== undefined && !isTexts(dependencies)) {
    const expected = 'an array of requirements (PEP 621)';
    failures.push({
      kind: 'manifest-shape',
      file,
      key: 'project.dependencies',
      found: describe(dependencies),
      expected,
      write: 'dependencies = ["flask"]',
    });
  }
  return failures;
}

function nothing(text: string, failures: readonly Failure[]): Pyproject {
  return {
    file: 'pyproject.toml',
    text,
    declaresPackage: false,
    declaredBy: undefined,
    name: undefined,
    dependencies: undefined,
    tools: NO_TOOL_SETTINGS,
    failures,
    notices: [],
  };
}

/** A project that does not name them and does not call them dynamic has none. */
function staticDependencies(project: Table | undefined): readonly string[] | undefined {
  if (project === undefined) return undefined;
  const { dependencies = [], dynamic } = project;
  const decided = !(Array.isArray(dynamic) && dynamic.includes('dependencies'));
  return decided && isTexts(dependencies) ? dependencies : undefined;
}

function textAt(table: Table, key: string): string | undefined {
  const value = table[key];
  return typeof value === 'string' ? value : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function describe(value: unknown): string {
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string') ? 'an array' : 'an array of other things than texts';
  if (value === null) return 'nothing';
  return typeof value === 'object'
    ? 'a table'
    : `the ${typeof value === 'string' ? 'text' : typeof value} ${JSON.stringify(value)}`;
}
