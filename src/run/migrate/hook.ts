import { execute, sayNotices } from '../../execute/execute.ts';
import { type Finished, type Program, Stopped } from '../../execute/perform.ts';
import type { Reader } from '../../execute/reader.ts';
import type { Failure } from '../../failures/failure.ts';
import { join } from '../../inspect/paths.ts';
import { readSettings } from '../../inspect/settings/read.ts';
import type { RunFacts } from '../facts.ts';
import { readMoved } from '../moved/read.ts';
import { movedFailure } from '../moved/words.ts';
import { writePasswd } from '../passwd.ts';
import { usedWrongly } from '../plan.ts';
import { preRunFailures, withPreRun } from '../pre-run.ts';
import { readRunFacts } from '../read/facts.ts';
import { planUser } from '../user.ts';
import { migration } from './plan.ts';
import { MIGRATE, MIGRATE_PROGRAM } from './program.ts';

/**
 * The migrate command, for Jobs and initContainers: migrates what run would migrate, after the project's own pre-run as run
 * has it, and starts nothing. It takes the lock where the database has one. What is asked for is done, whatever S2I_MIGRATE
 * and DISABLE_MIGRATE say of the start.
 */
export function* migrateHook(reader: Reader): Program<Finished> {
  const settings = readSettings(reader.environment, 'run', reader.undecodable);
  yield* sayNotices(settings.notices);
  const appRoot = settings.settings.text('APP_ROOT')?.value ?? '/opt/app-root';
  const place = { appRoot, directory: reader.directory };
  const facts = readRunFacts(reader, { place, settings, depth: 'everything', systemRoot: '/' });
  const moved = readMoved(reader, appRoot);
  const python = moved && movedFailure(moved, [join(appRoot, 'bin/python')], appRoot);
  const failures = [
    ...(python === undefined ? [] : [python]),
    ...usedWrongly(facts, []),
    ...preRunFailures(facts),
    ...missing(facts),
  ];
  if (failures.length > 0) throw new Stopped(failures);
  const user = planUser(facts);
  const set = { ...user.environment, ...(yield* writePasswd(user.passwd, reader)) };
  const mode = facts.settings.text('S2I_MIGRATE')?.value === 'lock' ? 'lock' : 'prefer';
  const steps = [migration(facts, facts.environment, mode)];
  const plan = withPreRun({ format: 1, stage: 'prepare', notices: [], steps }, facts, facts.environment);
  const programs = { [MIGRATE]: MIGRATE_PROGRAM };
  yield* execute(plan, { environment: { set, unset: [] }, programs });
  return { code: 0 };
}

function missing({ appHome: { value, path, exists, similar }, serving }: RunFacts): readonly Failure[] {
  if (!exists) return [{ kind: 'app-home-missing', value, path, similar }];
  if (serving?.django === undefined) return [{ kind: 'nothing-to-migrate', directory: path, missing: 'Django' }];
  return serving.managePy ? [] : [{ kind: 'nothing-to-migrate', directory: path, missing: 'manage.py' }];
}
