import type { TimedLine } from './consumers.ts';

/** Parts of a build, in seconds. What is not named here is the engine's start of containers, and s2i's own work. */
export interface Phases {
  readonly whole: number;
  /** Fetching what the previous image saved, until assemble can be started with it. */
  readonly fetched: number;
  readonly assemble: number;
  /** The engine writes the layer. */
  readonly commit: number;
}

/** Lines at which a part begins or ends. */
const MARKS = {
  fetching: /Saving build artifacts from image|STEP .*save-artifacts/,
  fetched: /Running "assemble" in|STEP .*RUN \/usr\/libexec\/s2i\/assemble/,
  assembling: /---> Installing application source/,
  assembled: /Invoking PostExecute|STEP .*CMD/,
  committing: /Committing container|^(\[2\/2\] )?COMMIT/,
  committed: /Executing step: report success|Successfully tagged|Removing temporary directory/,
} as const;

/** Reads from the log of a build how long its parts took. */
export function phasesOf(lines: readonly TimedLine[]): Phases {
  const at = (mark: keyof typeof MARKS) => lines.find(({ text }) => MARKS[mark].test(text))?.seconds ?? Number.NaN;
  const between = (one: keyof typeof MARKS, two: keyof typeof MARKS) => at(two) - at(one);
  return {
    whole: lines.at(-1)?.seconds ?? Number.NaN,
    fetched: Number.isNaN(at('fetching')) ? 0 : between('fetching', 'fetched'),
    assemble: between('assembling', 'assembled'),
    commit: between('committing', 'committed'),
  };
}
