import { assembleProgram } from '../../../assemble/arguments.ts';
import { sha256 } from '../hash.ts';
import { main } from '../main.ts';

// Files are made with the right mode at once: group 0 may do what the owner may.
main({ hook: 'assemble', umask: 0o002, sha256, program: assembleProgram(process.argv.slice(2)) });
