import type { MigrationFailure } from '../kinds/migration.ts';
import type { Words } from '../message.ts';

const ENVIRONMENT = 'the environment of the container';
const REACHES = 'the variables that the settings read: whether they reach this container, with these values';
const WITHOUT = 'DISABLE_MIGRATE=1 starts the server without migrating.';

/** The words about a database that was not migrated. */
export const migrationWords: Words<MigrationFailure> = {
  'database-unreachable': ({ seconds, words }) => ({
    title: `The database did not answer within ${seconds} s.`,
    found: [`| ${words}`],
    checks: [
      'whether it runs, and at the address and port that the settings name (Service, NetworkPolicy, firewall)',
      REACHES,
      'whether it only needs longer: exit status 75 says that starting again may succeed',
    ],
    write: { where: ENVIRONMENT, text: 'S2I_DATABASE_TIMEOUT=300' },
    wayOut: WITHOUT,
  }),
  'database-refused': ({ words }) => ({
    title: 'The database answers and refuses the connection.',
    found: [`| ${words}`],
    checks: [
      'user and password: whether the Secret is that of this database',
      'whether the database and its user have been created',
      REACHES,
    ],
    wayOut: WITHOUT,
  }),
  'migration-locked': ({ seconds }) => ({
    title: `Another process still migrates this database after ${seconds} s.`,
    checks: [
      'the log of the replica or Job that migrates: it waits, or its migration takes longer',
      "whether it still lives. PostgreSQL: SELECT pid FROM pg_locks WHERE locktype = 'advisory'",
    ],
    write: { where: ENVIRONMENT, text: 'S2I_MIGRATE_TIMEOUT=1800' },
    wayOut: WITHOUT,
  }),
  'no-migration-lock': ({ words }) => ({
    title: 'S2I_MIGRATE=lock, and no lock can be taken.',
    found: [words],
    expected: 'PostgreSQL, MySQL, MariaDB, or SQLite in a folder that can be locked',
    write: { where: `${ENVIRONMENT}, with one Job that runs /usr/libexec/s2i/migrate`, text: 'S2I_MIGRATE=never' },
    wayOut: 'leave S2I_MIGRATE unset where there is one replica.',
  }),
  'nothing-to-migrate': ({ missing, directory }) => ({
    title: `There is nothing to migrate: ${missing === 'Django' ? 'Django is not installed' : 'manage.py is not there'}.`,
    found: [`Looked in ${directory}`],
    expected: 'a Django project with manage.py',
    checks: ['APP_HOME, when the project lies in a folder of the source', 'whether this is the image of the application'],
  }),
};
