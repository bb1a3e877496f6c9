import { assembleProgram } from '../../../assemble/arguments.ts';
import { saveArtifacts } from '../../../assemble/save-artifacts.ts';
import { fixPermissions } from '../../../execute/fix-permissions.ts';
import { usage } from '../../../execute/usage.ts';
import { runHook as startApplication } from '../../../run/hook.ts';
import { migrateHook } from '../../../run/migrate/hook.ts';
import { runHook } from '../hook.ts';
import { type Command, textOf } from './command.ts';

/** The hooks of an image, set up as their entries for Node are (`../../node/hooks`). */
export const hooks: readonly Command[] = [
  {
    name: 'assemble',
    does: 'hook: install the source from /tmp/src and its dependencies into APP_ROOT',
    // Files are made with the right mode at once: group 0 may do what the owner may.
    run: (words) => runHook({ hook: 'assemble', umask: 0o002, program: assembleProgram(words.map(textOf)) }),
  },
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
    name: 'save-artifacts',
    does: 'hook: stream the installed environment as tar to standard output',
    // Standard output is the tar stream and nothing else (A7).
    run: () => runHook({ hook: 'save-artifacts', progress: 'stderr', program: saveArtifacts }),
  },
  {
    name: 'fix-permissions',
    does: 'give a tree to group 0 with read and write permission',
    run: (words) => runHook({ hook: 'fix-permissions', program: () => fixPermissions(words.map(textOf)) }),
  },
];
