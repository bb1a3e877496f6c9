import type { Reader } from '../execute/reader.ts';
import { join } from '../inspect/paths.ts';
import { planProject } from './project-plan.ts';
import type { Detail } from './rejected.ts';
import { renderPlan } from './text.ts';

/** What a program that plans prints and ends with. */
export interface PrintedPlan {
  /** 0; 1 where assemble or run would fail; 2 where there is no such folder. */
  readonly status: 0 | 1 | 2;
  /** For standard output. */
  readonly result: string;
  /** For standard error. */
  readonly complaint: string;
}

/** A text for people, in short or with everything, or JSON. */
export type PlanForm = Detail | 'json';

/** The plan of a project folder in the form that is asked for. `environment` is what -e gave. */
export function printPlan(
  reader: Reader,
  folder: string,
  form: PlanForm,
  environment: Readonly<Record<string, string>>,
): PrintedPlan {
  const project = join(reader.directory, folder);
  if (reader.stat(project)?.type !== 'directory') {
    const complaint = `ERROR: ${folder} is no folder. Give the folder of a Python project: s2i-python plan DIR\n`;
    return { status: 2, result: '', complaint };
  }
  const plan = planProject(reader, project, environment);
  const result = form === 'json' ? `${JSON.stringify(plan, undefined, 2)}\n` : renderPlan(plan, form);
  return { status: 'failures' in plan.assemble || plan.run.of === 'failure' ? 1 : 0, result, complaint: '' };
}
