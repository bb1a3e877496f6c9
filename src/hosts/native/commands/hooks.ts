import { fixPermissions } from '../../../execute/fix-permissions.ts';
import { usage } from '../../../execute/usage.ts';
import { runHook as startApplication } from '../../../run/hook.ts';
import { migrateHook } from '../../../run/migrate/hook.ts';
import { runHook } from '../hook.ts';
import { type Command, textOf } from './command.ts';

/** The hooks that somebody waits for at a start, set up as their entries for Node are (`../../node/hooks`). */
export const hooks: readonly Command[] = [
  {
    name: 'run',
    does: 'hook: start the assembled application in the current folder; this process becomes it',
    run: () => runHook({ hook: 'run', program: startApplication }),
  },
  {
    name: 'migrate',
    does: "migrate the application's Django database, one process at a time, and start nothing",
    run: () => runHook({ hook: 'migrate', program: migrateHook }),
  },
  {
    name: 'usage',
    does: 'hook: say how to use the image',
    run: () => runHook({ hook: 'usage', program: usage }),
  },
  {
    name: 'fix-permissions',
    does: 'give a tree to group 0 with read and write permission',
    run: (words) => runHook({ hook: 'fix-permissions', program: () => fixPermissions(words.map(textOf)) }),
  },
];
