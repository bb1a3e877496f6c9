import type { ProjectView } from '../view.ts';
import type { Lock } from './locks.ts';
import type { Pipfile } from './pipfile.ts';
import type { Pyproject } from './pyproject.ts';
import type { AskedPython } from './pyproject-tools.ts';
import { tableAt } from './table.ts';
import { parseToml } from './toml.ts';

/** A file that says which Python it wants. */
export interface PythonDemand {
  readonly file: string;
  readonly key: string | undefined;
  /** As it is written. */
  readonly wanted: string;
  /** The same as a specifier (PEP 440); several are alternatives, separated by `||`. */
  readonly specifier: string;
  /** Only of interest to who installs from this file. */
  readonly onlyWith?: string;
}

export interface DemandSources {
  readonly pyproject: Pyproject | undefined;
  readonly pipfile: Pipfile;
  readonly locks: readonly Lock[];
}

/** Everything in the source that names a Python, in the order in which it is told. */
export function readPythonDemands(view: ProjectView, { pyproject, pipfile, locks }: DemandSources): readonly PythonDemand[] {
  const required = pyproject?.tools.python;
  return [
    ...versionFile(view, '.python-version'),
    ...versionFile(view, 'runtime.txt'),
    ...(required === undefined ? [] : [demand('pyproject.toml', required)]),
    ...locks.flatMap(({ file, python }) =>
      python === undefined || python.wanted === required?.wanted ? [] : [{ ...demand(file, python), onlyWith: file }],
    ),
    ...pipfileDemands(pipfile),
  ];
}

function demand(file: string, { key, wanted }: AskedPython): PythonDemand {
  return { file, key, wanted, specifier: wanted };
}

/** One version a line, as pyenv and uv have it; `python-3.12.4` as Heroku has it. Of a version only its first two numbers count. */
function versionFile(view: ProjectView, file: string): readonly PythonDemand[] {
  const read = view.readText(file, 4096);
  if (!read.ok) return [];
  const lines = read.text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim());
  const versions = lines.map((line) => /^(?:python-|cpython[-@]?)?(3\.\d+)(?:\.\d+)?\S*$/.exec(line)?.[1]);
  const known = versions.filter((version) => version !== undefined);
  if (known.length === 0 || known.length < lines.filter((line) => line !== '').length) return [];
  return [
    {
      file,
      key: undefined,
      wanted: lines
        .filter((line) => line !== '')
        .map((line) => line.replace(/^python-/, ''))
        .join(' or '),
      specifier: sameMinor(known),
    },
  ];
}

function sameMinor(versions: readonly string[]): string {
  return versions.map((version) => `==${version}.*`).join(' || ');
}

/** `[requires]` of Pipfile; its lock repeats it. */
function pipfileDemands({ texts }: Pipfile): readonly PythonDemand[] {
  const text = texts.find(({ file }) => file === 'Pipfile')?.text;
  const parsed = text === undefined ? undefined : parseToml('Pipfile', text);
  if (parsed === undefined || 'failure' in parsed) return [];
  const requires = tableAt(parsed.table, 'requires') ?? {};
  return ['python_version', 'python_full_version'].flatMap((key) => {
    const wanted = requires[key];
    const version = typeof wanted === 'string' ? /^(3\.\d+)(?:\.\d+)?$/.exec(wanted)?.[1] : undefined;
    if (version === undefined || typeof wanted !== 'string') return [];
    return [{ file: 'Pipfile', key, wanted, specifier: `==${version}.*` }];
  });
}
