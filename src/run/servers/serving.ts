import type { EnvironmentPatch } from '../../execute/effect.ts';
import type { Workers } from '../../inspect/limits/workers.ts';
import { join } from '../../inspect/paths.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import type { Application } from '../application.ts';
import type { AppServer, RunFacts } from '../facts.ts';
import type { Draft } from '../verdict.ts';
import { listeningOn } from './port.ts';

/** Less than the 30 seconds that Kubernetes waits before it kills. */
const GRACE = 25;

/** Seconds that requests get to end after TERM. */
export function graceOf(settings: Settings): number {
  return settings.integer('S2I_GRACE_PERIOD')?.value ?? GRACE;
}

interface Served {
  readonly server: AppServer;
  readonly workers: Workers;
  /** The number that the user's arguments say instead. */
  readonly own?: number;
  readonly argv: Draft['argv'];
  /** How the number of workers reaches the server. */
  readonly counts?: 'by WEB_CONCURRENCY';
  /** Stands behind the application in the title. */
  readonly manner?: string;
}

/** The launch of a server, as far as they are all alike. */
export function serving(
  facts: RunFacts,
  application: Application,
  { server, workers, own, argv, counts, manner = '' }: Served,
): Draft {
  const { set, unset } = servedIn(facts, application);
  return {
    server,
    application: application.name,
    imports: application.name,
    argv,
    environment: counts === undefined ? { set, unset } : { set: { ...set, WEB_CONCURRENCY: String(workers.count) }, unset },
    lines: [
      { level: 'step', text: `Serving application with ${server} (${application.name})${manner} ...` },
      {
        level: 'info',
        text: own === undefined ? `Workers: ${workers.count} (${workers.why})` : `Workers: ${own} (GUNICORN_CMD_ARGS)`,
      },
      ...application.lines,
    ],
    why: application.why,
    because: application.because,
    migrates: 'yes',
    init: 'own',
    uses: ['PORT', 'WEB_CONCURRENCY'],
  };
}

/** PORT, and the application's folder before what is on Python's path. */
export function servedIn(facts: RunFacts, { folder }: Pick<Application, 'folder'>): EnvironmentPatch {
  const listening = listeningOn(facts);
  if (folder === undefined) return listening;
  const before = facts.environment.set.PYTHONPATH;
  const path = join(facts.appHome.path, folder);
  return { ...listening, set: { ...listening.set, PYTHONPATH: before === undefined ? path : `${path}:${before}` } };
}
