import type { MigrationFailure } from '../kinds/migration.ts';
import type { Message } from '../message.ts';

const ENVIRONMENT = 'the environment of the container';
const REACHES = 'the variables that the settings read: whether they reach this container, with these values';
const WITHOUT = 'DISABLE_MIGRATE=1 starts the server without migrating.';

/** The words about a database that was not migrated. */
export function migrationWords(failure: MigrationFailure): Message {
  switch (failure.kind) {
    case 'database-unreachable':
      return {
        title: `The database did not answer within ${failure.seconds} s.`,
        found: [`| ${failure.words}`],
        checks: [
          'whether it runs, and at the address and port that the settings name (Service, NetworkPolicy, firewall)',
          REACHES,
          'whether it only needs longer: exit status 75 says that starting again may succeed',
        ],
        write: { where: ENVIRONMENT, text: 'S2I_DATABASE_TIMEOUT=300' },
        wayOut: WITHOUT,
      };
    case 'database-refused':
      return {
        title: 'The database answers and refuses the connection.',
        found: [`| ${failure.words}`],
        checks: [
          'user and password: whether the Secret is that of this database',
          'whether the database and its user have been created',
          REACHES,
        ],
        wayOut: WITHOUT,
      };
    case 'migration-locked':
      return {
        title: `Another process still migrates this database after ${failure.seconds} s.`,
        checks: [
          'the log of the replica or Job that migrates: it waits, or its migration takes longer',
          "whether it still lives. PostgreSQL: SELECT pid FROM pg_locks WHERE locktype = 'advisory'",
        ],
        write: { where: ENVIRONMENT, text: 'S2I_MIGRATE_TIMEOUT=1800' },
        wayOut: WITHOUT,
      };
    case 'no-migration-lock':
      return {
        title: 'S2I_MIGRATE=lock, and no lock can be taken.',
        found: [failure.words],
        expected: 'PostgreSQL, MySQL, MariaDB, or SQLite in a folder that can be locked',
        write: { where: `${ENVIRONMENT}, with one Job that runs /usr/libexec/s2i/migrate`, text: 'S2I_MIGRATE=never' },
        wayOut: 'leave S2I_MIGRATE unset where there is one replica.',
      };
    case 'nothing-to-migrate':
      return {
        title: `There is nothing to migrate: ${failure.missing === 'Django' ? 'Django is not installed' : 'manage.py is not there'}.`,
        found: [`Looked in ${failure.directory}`],
        expected: 'a Django project with manage.py',
        checks: ['APP_HOME, when the project lies in a folder of the source', 'whether this is the image of the application'],
      };
  }
}
