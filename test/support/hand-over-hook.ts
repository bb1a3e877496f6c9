/** A hook for tests, entered like `run`: performs the effects in the file its first argument names (JSON). */
import { readFileSync } from 'node:fs';
import type { Effect } from '../../src/execute/effect.ts';
import type { Finished, Program } from '../../src/execute/perform.ts';
import { main } from '../../src/hosts/node/main.ts';

function* program(): Program<Finished> {
  for (const effect of JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Effect[]) {
    const outcome = yield effect;
    if (outcome.kind === 'not-handed-over') yield { kind: 'say', level: 'error', text: JSON.stringify(outcome.end) };
  }
  return { code: 99 };
}

main({ hook: 'run', program });
