/** Writes the published schema of `plan --json` from the types. */
import { join } from 'node:path';
import { writePlanSchema } from './check/plan-schema.ts';

writePlanSchema(join(import.meta.dirname, '..'));
