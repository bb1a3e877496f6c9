import { assembleProgram } from '../../../assemble/arguments.ts';
import { saveArtifacts } from '../../../assemble/save-artifacts.ts';
import { runHook } from '../hook.ts';
import { type Command, textOf } from './command.ts';

/** The hooks of a build, set up as their entries for Node are (`../../node/hooks`). */
export const buildHooks: readonly Command[] = [
  {
    name: 'assemble',
    does: 'hook: install the source from /tmp/src and its dependencies into APP_ROOT',
    // Files are made with the right mode at once: group 0 may do what the owner may.
    run: (words) => runHook({ hook: 'assemble', umask: 0o002, program: assembleProgram(words.map(textOf)) }),
  },
  {
    name: 'save-artifacts',
    does: 'hook: stream the installed environment as tar to standard output',
    // Standard output is the tar stream and nothing else (A7).
    run: () => runHook({ hook: 'save-artifacts', progress: 'stderr', program: saveArtifacts }),
  },
];
