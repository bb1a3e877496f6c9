import { runHook } from '../../../run/hook.ts';
import { main } from '../main.ts';

main({ hook: 'run', program: runHook });
