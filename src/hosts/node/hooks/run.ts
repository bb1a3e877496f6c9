import { runHook } from '../../../run/hook.ts';
import { sha256 } from '../hash.ts';
import { main } from '../main.ts';

main({ hook: 'run', sha256, program: runHook });
