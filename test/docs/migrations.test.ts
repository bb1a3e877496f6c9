import { expect, test } from 'vitest';
import { HOOKS, NATIVE_HOOKS } from '../../src/image/spec/contract.ts';
import { readSettings } from '../../src/inspect/settings/read.ts';
import { containersIn } from '../support/documented.ts';

const containers = containersIn('docs/migrations.md');

test('the containers of the page call commands that images have', () => {
  expect(containers.map(({ name, command }) => [name, command])).toEqual([
    ['shop', undefined],
    ['migrate', `${HOOKS}/migrate`],
    ['shop', undefined],
    ['migrate', `${HOOKS}/migrate`],
  ]);
  expect(NATIVE_HOOKS).toContain('migrate');
});

test.each(containers)('the variables of the page are settings with right values ($environment)', ({ environment }) => {
  const { settings, failures } = readSettings(environment, 'run');
  expect(failures).toEqual([]);
  const set = [settings.text('S2I_MIGRATE'), settings.integer('S2I_DATABASE_TIMEOUT')].filter((one) => one !== undefined);
  expect(set).toHaveLength(Object.keys(environment).length);
});
