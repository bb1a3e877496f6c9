import type { EnvironmentPatch } from '../../execute/effect.ts';
import type { Workers } from '../../inspect/limits/workers.ts';
import { join } from '../../inspect/paths.ts';
import type { Application } from '../application.ts';
import type { AppServer, RunFacts } from '../facts.ts';
import type { Draft } from '../verdict.ts';
import { listeningOn, portOf } from './port.ts';

/** Seconds that requests get to end after TERM: less than the 30 that Kubernetes waits before it kills. */
export const GRACE = 25;

interface Served {
  readonly server: AppServer;
  readonly workers: Workers;
}

/** What the launches of all servers share: everything but the command. */
export function serving(
  facts: RunFacts,
  application: Application,
  { server, workers }: Served,
): Omit<Draft, 'argv'> & { readonly port: string } {
  return {
    server,
    application: application.name,
    imports: application.name,
    environment: servedIn(facts, application),
    lines: [
      { level: 'step', text: `Serving application with ${server} (${application.name}) ...` },
      { level: 'info', text: `Workers: ${workers.count} (${workers.why})` },
      ...application.lines,
    ],
    why: application.why,
    because: application.because,
    migrates: 'yes',
    init: 'own',
    uses: ['PORT', 'WEB_CONCURRENCY'],
    port: String(portOf(facts.settings)),
  };
}

/** PORT, and the application's folder before what is on Python's path. */
export function servedIn(facts: RunFacts, { folder }: Application): EnvironmentPatch {
  const listening = listeningOn(facts);
  if (folder === undefined) return listening;
  const before = facts.environment.set.PYTHONPATH;
  const path = join(facts.appHome.path, folder);
  return { ...listening, set: { ...listening.set, PYTHONPATH: before === undefined ? path : `${path}:${before}` } };
}
