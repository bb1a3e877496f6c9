import * as posix from 'posix';
import { askedCommand } from './commands/asked.ts';
import { quickCommands } from './commands/quick.ts';

// The part that the engine reads first. When it ends without having ended the process, the whole program is read.
const quick = askedCommand(quickCommands);
if (quick !== undefined) posix.exit(quick());
