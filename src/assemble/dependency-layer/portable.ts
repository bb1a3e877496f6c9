import { includedPath, isLocalRequirement, type LogicalLine, logicalLines } from '../../inspect/manifests/requirements.ts';
import { join, parentOf } from '../../inspect/paths.ts';

/** A file of requirements, by its name in the project. */
export interface RequirementFile {
  readonly file: string;
  readonly text: string;
}

/** Requirements that can be installed before the source is there. */
export interface Portable {
  readonly files: readonly RequirementFile[];
  /** What was left out, as `requirements.txt, line 3: -e .`. */
  readonly deferred: readonly string[];
}

const OPTION_WITH_PATH = /^(-f|--find-links|-r|--requirement|-c|--constraint)(?:\s*=\s*|\s+)(["']?)([^"']+)\2$/;

/**
 * Copies of requirement files for another folder: without what the project itself brings (`-e .`, `./x`, `file:`), which
 * would change with every change of the source. The files keep their places to each other, so what includes one of them
 * still does; every other relative path is taken from where the file stood below `source`.
 */
export function portableRequirements(files: readonly RequirementFile[], source: string): Portable {
  const known = new Set(files.map(({ file }) => file));
  const deferred: string[] = [];
  const copies = files.map(({ file, text }) => {
    const kept = logicalLines(text).filter((line) => {
      if (!isLocalRequirement(line.text)) return true;
      deferred.push(`${file}, line ${line.number}: ${line.text}`);
      return false;
    });
    const stays = (path: string) => /^\/|^[a-z+]+:|\$\{/i.test(path) || known.has(includedPath(file, path));
    const lines = kept.map((line) => anchored(line, join(source, parentOf(file)), stays));
    return { file, text: `${lines.join('\n')}\n` };
  });
  return { files: copies, deferred };
}

/** The line with its path, if it has one that may not stay as it is, taken from a folder. */
function anchored({ text }: LogicalLine, folder: string, stays: (path: string) => boolean): string {
  const [, option, , path] = OPTION_WITH_PATH.exec(text) ?? [];
  return option === undefined || path === undefined || stays(path) ? text : `${option} ${join(folder, path)}`;
}
