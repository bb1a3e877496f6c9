import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { readCorpus } from '../support/corpus-case.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/plan.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: true }).compile(schema);
const plans = readCorpus().map(({ name, folder }) => [name, readFileSync(join(folder, 'plan.json'), 'utf8')] as const);

/** What the schema says against a plan; nothing when it fits. */
function complaints(plan: unknown): readonly string[] {
  return validate(plan) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the published schema of plan --json', () => {
  test.each(plans)('fits the plan of %s', (_name, plan) => {
    expect(complaints(JSON.parse(plan))).toEqual([]);
  });

  test('is closed: every object lists its keys, or has names of the user as keys', () => {
    const open = [...objectsIn(schema)].filter(({ type, properties }) => type === 'object' && properties !== undefined);
    expect(open.length).toBeGreaterThan(100);
    expect(open.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
  });

  test.each(['/assemble', '/assemble/install/0', '/assemble/install/0/effect', '/run', '/run/launch'])(
    'refuses one key more, and one less, in %s',
    (path) => {
      const more = example();
      Object.assign(at(more, path), { surplus: true });
      expect(complaints(more)).toContain(`${path} must NOT have additional properties`);
      const less = example();
      delete at(less, path)[path.endsWith('effect') ? 'path' : (Object.keys(at(less, path))[0] ?? '')];
      expect(complaints(less)).not.toEqual([]);
    },
  );

  test('refuses another format', () => {
    expect(complaints({ ...(example() as object), format: 2 })).not.toEqual([]);
  });
});

type Keys = Record<string, unknown>;

function example(): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../corpus/locks/uv/plan.json'), 'utf8'));
}

/** The object at a JSON pointer without escapes. */
function at(value: unknown, pointer: string): Keys {
  const keys = pointer.split('/').slice(1);
  return keys.reduce<unknown>((one, key) => (one as Keys)[key], value) as Keys;
}

function* objectsIn(value: unknown): Generator<Keys> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Keys;
  for (const one of Object.values(value)) yield* objectsIn(one);
}
