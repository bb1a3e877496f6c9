import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

/** The published schema of what `s2i-python plan --json` prints. */
const PLAN_SCHEMA = 'docs/plan.schema.json';

/** The published schema is what the types say. */
export function checkPlanSchema(root: string): readonly string[] {
  const path = join(root, PLAN_SCHEMA);
  const published = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return published === renderPlanSchema(root) ? [] : [`${PLAN_SCHEMA} is old; run npm run schema and read the difference`];
}

export function writePlanSchema(root: string): void {
  writeFileSync(join(root, PLAN_SCHEMA), renderPlanSchema(root));
}

function renderPlanSchema(root: string): string {
  const generator = createGenerator({
    path: join(root, 'src/plan/project-plan.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'ProjectPlan',
    // The compiler of the project has checked them.
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const { $ref, definitions } = modern(generator.createSchema('ProjectPlan')) as Record<string, unknown>;
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:s2i-python:plan:1',
    title: 'What s2i-python plan --json prints, format 1',
    $ref,
    $defs: definitions,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

/** What the generator writes for an older draft, in the words of 2020-12. */
function modern(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^#\/definitions\//, '#/$defs/');
  if (Array.isArray(value)) return value.map(modern);
  if (typeof value !== 'object' || value === null) return value;
  const { items, additionalItems, ...rest } = value as Record<string, unknown>;
  const others = Object.entries(rest).map(([key, one]): readonly [string, unknown] => [key, modern(one)]);
  const list = Array.isArray(items)
    ? { prefixItems: modern(items), ...(additionalItems === undefined ? {} : { items: modern(additionalItems) }) }
    : items === undefined
      ? {}
      : { items: modern(items) };
  return { ...Object.fromEntries(others), ...list };
}
