import { fixPermissions } from '../../../execute/fix-permissions.ts';
import { main } from '../main.ts';

main({ hook: 'fix-permissions', program: () => fixPermissions(process.argv.slice(2)) });
