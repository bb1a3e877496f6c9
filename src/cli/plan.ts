import { createReader } from '../hosts/node/index.ts';
import { type PlanForm, printPlan as print } from '../plan/print.ts';

/** Prints the plan of a project folder to standard output. Gives the exit status: 1 where assemble or run would fail. */
export function printPlan(folder: string, form: PlanForm, environment: Readonly<Record<string, string>>): number {
  const { status, result, complaint } = print(createReader(), folder, form, environment);
  process.stderr.write(complaint);
  process.stdout.write(result);
  return status;
}
