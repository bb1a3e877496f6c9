import { createHash } from 'node:crypto';
import type { Files } from './builds.ts';
import type { Distribution } from './packages.ts';
import { pipfileWith } from './pipfile.ts';

/** A project of one tool with a lock that fits it. */
export interface LockedProject {
  /** Exact versions, each asked for itself. */
  readonly packages: readonly Distribution[];
  /** The index that the lock was made with. */
  readonly index: string;
  /** The Pythons that it is for; default all that are used today. */
  readonly python?: string;
}

export type LockTool = 'uv' | 'poetry' | 'pdm' | 'pipenv';

/** The manifest of each tool, its lock, and how the manifest asks for a version. */
export const LOCK_FILES = {
  uv: { manifest: 'pyproject.toml', lock: 'uv.lock' },
  poetry: { manifest: 'pyproject.toml', lock: 'poetry.lock' },
  pdm: { manifest: 'pyproject.toml', lock: 'pdm.lock' },
  pipenv: { manifest: 'Pipfile', lock: 'Pipfile.lock' },
} as const;

/** Manifest and lock as the tool would write them. */
export function lockedFiles(tool: LockTool, project: LockedProject): Files {
  switch (tool) {
    case 'uv':
      return uvFiles(project);
    case 'poetry':
      return poetryFiles(project);
    case 'pdm':
      return pdmFiles(project);
    case 'pipenv':
      return pipfileWith(project.index, project.packages);
  }
}

const PYTHON = '>=3.9';

function pyproject({ packages, python = PYTHON }: LockedProject, more: string): string {
  const wanted = packages.map(({ name, version }) => `"${name}==${version}"`).join(', ');
  return `[project]\nname = "demo"\nversion = "1.0"\nrequires-python = "${python}"\ndependencies = [${wanted}]\n${more}`;
}

function uvFiles(project: LockedProject): Files {
  const { packages, index, python = PYTHON } = project;
  const own = [
    '[[package]]\nname = "demo"\nversion = "1.0"\nsource = { virtual = "." }',
    `dependencies = [${packages.map(({ name }) => `{ name = "${name}" }`).join(', ')}]`,
    '\n[package.metadata]',
    `requires-dist = [${packages.map(({ name, version }) => `{ name = "${name}", specifier = "==${version}" }`).join(', ')}]`,
  ].join('\n');
  const others = packages.map(
    ({ name, version, file, sha256 }) =>
      `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "${index}" }\n` +
      `wheels = [{ url = "${index}/../files/${file}", hash = "sha256:${sha256}" }]`,
  );
  return {
    'pyproject.toml': pyproject(project, `\n[[tool.uv.index]]\nurl = "${index}"\ndefault = true\n`),
    'uv.lock': `version = 1\nrevision = 3\nrequires-python = "${python}"\n\n${[own, ...others].join('\n\n')}\n`,
  };
}

function poetryFiles(project: LockedProject): Files {
  const { packages, python = PYTHON } = project;
  const relevant = {
    project: { 'requires-python': python, dependencies: packages.map(({ name, version }) => `${name}==${version}`) },
    tool: { poetry: {} },
  };
  const locked = packages.map(
    (one) =>
      `[[package]]\nname = "${one.name}"\nversion = "${one.version}"\ndescription = ""\noptional = false\n` +
      `python-versions = "*"\ngroups = ["main"]\n${filesOf(one)}`,
  );
  const metadata = `[metadata]\nlock-version = "2.1"\npython-versions = "${python}"\ncontent-hash = "${pythonHash(relevant)}"\n`;
  return {
    'pyproject.toml': pyproject(project, '\n[tool.poetry]\npackage-mode = false\n'),
    'poetry.lock': `${[...locked, '[extras]', metadata].join('\n\n')}`,
  };
}

function pdmFiles(project: LockedProject): Files {
  const { packages, python = PYTHON } = project;
  const relevant = {
    sources: [],
    dependencies: packages.map(({ name, version }) => `${name}==${version}`),
    'dev-dependencies': {},
    'optional-dependencies': {},
    'requires-python': python,
    resolution: {},
  };
  const head =
    `[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"\n` +
    `content_hash = "sha256:${pythonHash(relevant)}"\n\n[[metadata.targets]]\nrequires_python = "${python}"`;
  const locked = packages.map(
    (one) => `[[package]]\nname = "${one.name}"\nversion = "${one.version}"\nsummary = ""\ngroups = ["default"]\n${filesOf(one)}`,
  );
  return {
    'pyproject.toml': pyproject(project, '\n[tool.pdm]\ndistribution = false\n'),
    'pdm.lock': `${[head, ...locked].join('\n\n')}\n`,
  };
}

function filesOf({ file, sha256 }: Distribution): string {
  return `files = [\n    {file = "${file}", hash = "sha256:${sha256}"},\n]`;
}

/** SHA-256 of what Python's `json.dumps(…, sort_keys=True)` gives. */
function pythonHash(value: unknown): string {
  return createHash('sha256').update(pythonJson(value)).digest('hex');
}

function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}: ${pythonJson(one)}`).join(', ')}}`;
}
