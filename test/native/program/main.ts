/** What the tests run on the native host: built and linked like the program itself. */
import * as posix from 'posix';
import { conformAll } from './conform.ts';
import { performEffects, performHook } from './effects.ts';
import { answerOf, engineCases } from './engine-cases.ts';
import { wrongAnswers } from './module.ts';
import { readAll } from './reading.ts';

function main([, task, word = '']: readonly string[]): number {
  switch (task) {
    case 'conform':
      return conformAll(word);
    case 'effects':
      return performEffects(word);
    case 'engine':
      posix.write(1, posix.toBytes(engineCases.map((one) => `${answerOf(one)}\n`).join('')));
      return 0;
    case 'module':
      return wrongAnswers(posix.toBytes(word));
    case 'read':
      return readAll(word);
    case 'hook':
      return performHook(word);
    default:
      return 64;
  }
}

posix.exit(main(posix.argv()));
