import { type Table, tableAt } from './table.ts';

/** Versions of Python that a file asks for. */
export interface AskedPython {
  /** Where in the file. */
  readonly key: string;
  /** As it is written. */
  readonly wanted: string;
}

/** What pyproject.toml says to the tools that install from a lock. */
export interface ToolSettings {
  /** There is a `[build-system]`, so that the project can be built as a package. */
  readonly buildSystem: boolean;
  /** What builds it. */
  readonly backend: string | undefined;
  /** Names of optional dependencies; undefined where a build backend alone knows them. */
  readonly extras: readonly string[] | undefined;
  /** Names of dependency groups (PEP 735), and of what uv, Poetry and PDM had before. */
  readonly groups: readonly string[];
  /** Of the project, or what Poetry's own table says. */
  readonly python: AskedPython | undefined;
  /** `tool.uv.package` */
  readonly uvPackage: boolean | undefined;
  /** `tool.uv.required-version` */
  readonly uvRequired: string | undefined;
  /** Addresses of indexes that only packages that name them are taken from. */
  readonly uvExplicitIndexes: readonly string[];
  /** `tool.poetry.package-mode` */
  readonly poetryPackageMode: boolean | undefined;
  /** `tool.pdm.distribution` */
  readonly pdmDistribution: boolean | undefined;
}

export const NO_TOOL_SETTINGS: ToolSettings = toolSettings({});

export function toolSettings(table: Table): ToolSettings {
  const tools = tableAt(table, 'tool') ?? {};
  const [uv, poetry, pdm] = ['uv', 'poetry', 'pdm'].map((name) => tableAt(tools, name) ?? {});
  return {
    buildSystem: table['build-system'] !== undefined,
    backend: text(tableAt(table, 'build-system')?.['build-backend']),
    extras: extrasOf(tableAt(table, 'project'), poetry),
    groups: [
      ...keys(table['dependency-groups']),
      ...keys(poetry?.group),
      ...keys(pdm?.['dev-dependencies']),
      ...[uv, poetry].flatMap((tool) => (tool?.['dev-dependencies'] === undefined ? [] : ['dev'])),
    ],
    python:
      asked('requires-python', tableAt(table, 'project')?.['requires-python']) ??
      asked('tool.poetry.dependencies.python', tableAt(poetry ?? {}, 'dependencies')?.python),
    uvPackage: flag(uv?.package),
    uvRequired: text(uv?.['required-version']),
    uvExplicitIndexes: explicitIndexes(uv?.index),
    poetryPackageMode: flag(poetry?.['package-mode']),
    pdmDistribution: flag(pdm?.distribution),
  };
}

function extrasOf(project: Table | undefined, poetry: Table | undefined): readonly string[] | undefined {
  const dynamic = project?.dynamic;
  if (Array.isArray(dynamic) && dynamic.includes('optional-dependencies')) return undefined;
  return [...keys(project?.['optional-dependencies']), ...keys(poetry?.extras)];
}

function keys(value: unknown): readonly string[] {
  return Object.keys(tableAt({ value }, 'value') ?? {});
}

function asked(key: string, wanted: unknown): AskedPython | undefined {
  return typeof wanted === 'string' ? { key, wanted } : undefined;
}

function explicitIndexes(indexes: unknown): readonly string[] {
  if (!Array.isArray(indexes)) return [];
  return indexes.flatMap((one: unknown) => {
    const index = tableAt({ one }, 'one') ?? {};
    const url = text(index.url);
    return index.explicit === true && url !== undefined
      ? [text(index.name) === undefined ? url : `${text(index.name)}=${url}`]
      : [];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
