/** Performs the effect in the first argument (JSON) and prints its outcome. For tests that need another process. */
import type { Effect } from '../../src/execute/effect.ts';
import { perform } from './perform.ts';

const outcome = await perform(JSON.parse(process.argv[2] ?? '') as Effect);
process.stdout.write(JSON.stringify(outcome));
