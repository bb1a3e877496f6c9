import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createReader } from '../hosts/node/index.ts';
import { planProject } from '../plan/project-plan.ts';
import { renderPlanTable } from './plan-table.ts';

/** Prints the plan of a project folder to standard output. Gives the exit status: 1 where assemble or run would fail. */
export function printPlan(folder: string, form: 'table' | 'json', environment: Readonly<Record<string, string>>): number {
  const project = resolve(folder);
  if (statSync(project, { throwIfNoEntry: false })?.isDirectory() !== true) {
    process.stderr.write(`ERROR: ${folder} is no folder. Give the folder of a Python project: s2i-python plan DIR\n`);
    return 2;
  }
  const plan = planProject(createReader(), project, environment);
  process.stdout.write(form === 'json' ? `${JSON.stringify(plan, undefined, 2)}\n` : renderPlanTable(plan));
  return 'failures' in plan.assemble || plan.run.of === 'failure' ? 1 : 0;
}
