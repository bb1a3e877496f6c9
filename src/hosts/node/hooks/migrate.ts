import { migrateHook } from '../../../run/migrate/hook.ts';
import { main } from '../main.ts';

main({ hook: 'migrate', program: migrateHook });
