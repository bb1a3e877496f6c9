import type { Plan, Step } from '../execute/plan.ts';
import { fromFile } from '../inspect/fact.ts';
import type { FinishAnswers } from './answers.ts';
import { planCollectStatic } from './collect-static.ts';
import type { AssembleFacts } from './facts.ts';
import { STAMP } from './places.ts';
import { renderStamp, type Stamp } from './saved/stamp.ts';

/** What the project itself still has to do once the environment is installed: its static files. */
export function planCollect(facts: AssembleFacts, answers: FinishAnswers): Plan {
  const { notices, steps } = planCollectStatic(facts, answers);
  return { format: 1, stage: 'finish', notices, steps };
}

/** What comes last: the stamp, and one walk over the permissions (B18). */
export function planSeal(facts: AssembleFacts, stamp: Stamp): Plan {
  return { format: 1, stage: 'finish', notices: [], steps: [stampStep(facts, stamp), normaliseStep(facts)] };
}

function stampStep({ places }: AssembleFacts, stamp: Stamp): Step {
  return {
    id: 'write-stamp',
    why: 'an incremental build compares it',
    because: [fromFile(STAMP)],
    effect: { kind: 'write-file', path: places.stamp, text: renderStamp(stamp), mode: 0o664 },
    onFailure: { do: 'fail', role: 'write-record' },
  };
}

/** One walk over everything that was installed. */
function normaliseStep({ places }: AssembleFacts): Step {
  return {
    id: 'normalise',
    why: 'UID 1001 and any other UID with group 0 must be able to read and write',
    because: [fromFile(places.appRoot)],
    effect: { kind: 'normalise-tree', path: places.appRoot },
    // As upstream, which says what it could not change and goes on (B80).
    onFailure: { do: 'warn', notice: { kind: 'text', level: 'warning', text: NOT_ALL } },
  };
}

const NOT_ALL =
  'Some entries could not be given to group 0 with write permission. Whoever runs the application needs the UID of this build, or it must run as a member of group 0.';
