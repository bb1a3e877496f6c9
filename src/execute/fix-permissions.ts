import type { TreeProblem } from './effect.ts';
import { type Finished, type Program, say, tree } from './perform.ts';

/**
 * Gives a tree to group 0 (B74 to B80). Like upstream's script it always ends with 0: it stands in Dockerfiles, where a
 * remark about a missing path has never failed a build.
 *
 * Upstream's second argument, `-P` or `-L`, makes no difference here: the path itself may be a link, no link below it is
 * followed (B78).
 */
export function* fixPermissions([path = '']: readonly string[]): Program<Finished> {
  const outcome = path === '' ? undefined : yield* tree({ kind: 'normalise-tree', path });
  if (outcome === undefined || outcome.problems.some((problem) => isMissing(problem, path))) {
    yield* say('error', `File or directory ${path} does not exist.`);
    return { code: 0 };
  }
  for (const problem of outcome.problems) yield* say('warning', words(problem));
  return { code: 0 };
}

function isMissing(problem: TreeProblem, path: string): boolean {
  return problem.reason === 'not-found' && problem.name === path;
}

function words(problem: TreeProblem): string {
  if (problem.reason !== 'denied') return `${problem.name} could not be changed (${problem.detail}).`;
  return `${problem.name} and perhaps more could not be given to group 0 (${problem.detail}): only root, or a user in that group, can.`;
}
