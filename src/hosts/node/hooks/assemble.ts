import { assemble } from '../../../assemble/hook.ts';
import { usage } from '../../../execute/usage.ts';
import { sha256 } from '../hash.ts';
import { main } from '../main.ts';

// Files are made with the right mode at once: group 0 may do what the owner may.
const help = process.argv.some((argument) => argument === '-h' || argument === '--help');
main({ hook: 'assemble', umask: 0o002, sha256, program: help ? usage : assemble });
