import { usage } from '../../../execute/usage.ts';
import { main } from '../main.ts';

main({ hook: 'usage', program: usage });
