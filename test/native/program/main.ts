/** What the tests run on the native host: built and linked like the program itself. */
import * as posix from 'posix';
import { conformAll } from './conform.ts';
import { performHook, performOne } from './effects.ts';

function main([, task, word = '', ...rest]: readonly string[]): number {
  switch (task) {
    case 'conform':
      return conformAll(word);
    case 'perform':
      return performOne(word, rest);
    case 'hook':
      return performHook(word);
    default:
      return 64;
  }
}

posix.exit(main(posix.argv()));
