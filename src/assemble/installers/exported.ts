import { type LogicalLine, logicalLines } from '../../inspect/manifests/requirements.ts';

/** What a tool says that its lock names, in the form of requirements.txt. */
export interface Exported {
  /** Addresses of indexes, as options. */
  readonly options: readonly string[];
  /** Requirements with hashes. */
  readonly hashed: readonly string[];
  /** Requirements by address without hash: repositories at one commit, folders of the project. */
  readonly direct: readonly string[];
  /** Requirements that are neither: of a manifest without lock. */
  readonly loose: readonly string[];
}

/** The project itself, which is installed in a step of its own. */
const PROJECT = /^(-e\s+)?\.\/?\s*(;.*)?$/;
const EDITABLE = /^(?:-e|--editable)[\s=]+/;
const ADDRESS = /^[\w.-]+(\[[^\]]*\])?\s*@\s|^\.{0,2}\/|^file:|^(git|hg|svn|bzr)\+|^https?:/;

/** Takes apart what `uv export`, `poetry export`, `pdm export` and `pipenv requirements` print. `home` is the project's folder. */
export function parseExported(text: string, home: string): Exported {
  const lines = logicalLines(text).map(({ text: line }: LogicalLine) => line.replace(/\s+/g, ' '));
  const options = lines.filter((line) => line.startsWith('-') && !EDITABLE.test(line));
  const named = lines.filter((line) => !options.includes(line) && !PROJECT.test(line) && !isProject(line, home));
  const hashed = named.filter((line) => /\s--hash[=\s]/.test(line));
  const others = named.filter((line) => !hashed.includes(line));
  const direct = others.filter((line) => EDITABLE.test(line) || ADDRESS.test(line));
  return {
    options,
    hashed,
    // A copy is installed (B21): what is served does not depend on the folder that it came from.
    direct: direct.map((line) => asPath(line.replace(EDITABLE, ''))),
    loose: others.filter((line) => !direct.includes(line)),
  };
}

function isProject(line: string, home: string): boolean {
  return new RegExp(`(^|@ ?)file://${home.replace(/[^\w/-]/g, '\\$&')}/?( ?;.*)?$`).test(line);
}

/** `pipenv requirements` names a folder as the Pipfile does: without anything that tells it from a package. */
function asPath(requirement: string): string {
  return ADDRESS.test(requirement) ? requirement : `./${requirement}`;
}

/** The text of a requirements file. */
export function renderRequirements(options: readonly string[], requirements: readonly string[]): string {
  return `${[...options, ...requirements].join('\n')}\n`;
}
