import type { Verdict } from './results.ts';
import { renderTable } from './table.ts';

/** Where and with what was measured. */
export interface Circumstances {
  /** `2026-01-31` */
  readonly date: string;
  readonly processor: string;
  readonly processors: number;
  readonly kernel: string;
  readonly system: string;
  readonly node: string;
  readonly python: string;
  readonly rounds: number;
  /** What tells one baseline from another: the start of a digest of its files. */
  readonly baseline: string;
}

/** docs/bench.md */
export function renderPage(verdicts: readonly Verdict[], where: Circumstances, left: readonly string[] = []): string {
  return `# How fast the hooks are

Written by \`npm run bench -- --check\` on ${where.date}; medians of ${where.rounds} runs each (fewer where one takes
seconds), which take turns in roots that differ in the hooks alone.

* ${where.processor}, ${where.processors} processors, Linux ${where.kernel}, ${where.system}
* Node ${where.node}, Python ${where.python}, baseline ${where.baseline}

${renderTable(verdicts)}
${left.map((line) => `* Not measured: ${line}\n`).join('')}Times run from the start of the hook to the end of what it became. For \`run\` that is a program of 160 bytes in the place of
the server, which ends at once, and in the rows "to the first answer" a real server that is asked until it answers with status
200: the baseline has gunicorn with as many workers, and mod_wsgi by a script with one process, where ours takes processes and
threads from the limits. For \`assemble\` a \`pip\` that does nothing stands in the place of pip, and what the
baseline does not do is switched off: compiling, which it leaves to pip, asking what libraries compiled packages need, and
importing the application. MB is the largest
resident set of any one process of a hook, taken in one more run each by time(1), which counts for 1.5 itself.

The rows of builds install more than 40 packages with real pip and real uv from an index on loopback, without a cache of downloads, and into memory: the
median of three builds each, against the clean build of the baseline. Ours compiles all modules, checks what was installed and imports
the application; "save-artifacts and assemble" is the time of both, with unpacking between them.

\`HOOKS_BASELINE=DIR npm run bench\` measures against other hooks: DIR holds \`root/\`, which is laid over the root file
system, and \`s2i/bin/\`, which becomes /usr/libexec/s2i. A ratio is our median divided by the baseline's.
`;
}
