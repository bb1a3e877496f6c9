/** Writes the generated part of the README. */
import { join } from 'node:path';
import { writeReadme } from './check/readme.ts';

writeReadme(join(import.meta.dirname, '..'));
