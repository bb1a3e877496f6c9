import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readApps } from '../support/app-case.ts';

const docs = join(import.meta.dirname, '../../docs');
const pages = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md');
const index = readFileSync(join(docs, 'README.md'), 'utf8');

/** Pages whose examples are commands that tests of their own run, or that a test writes. */
const OWN_TESTS = ['plan.md', 'native.md', 'signals.md', 'health.md', 'migrations.md'];

test('the index leads to every page', () => {
  expect(pages.filter((page) => !index.includes(`](${page})`))).toEqual([]);
});

test('every page of a capability shows what a test runs', () => {
  const table = index.slice(index.indexOf('## One page each'), index.indexOf('## For those'));
  const capabilities = [...table.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page = '']) => page);
  const bare = capabilities.filter((page) => !/<!-- (?:log of |(?:test|examples|images)\/)\S+ -->/.test(read(page)));
  expect(bare.filter((page) => !OWN_TESTS.includes(page))).toEqual([]);
});

/** Lines that a page says to be of the log of an application in test/apps, which asserts them. */
const LOGS = pages.flatMap((page) =>
  [...read(page).matchAll(/<!-- log of (\S+) -->\n```\n([\s\S]*?)\n```/g)].map(([, name = '', text = '']) => ({
    page,
    name,
    lines: text.split('\n'),
  })),
);

describe('logs', () => {
  test.each(LOGS)('$page: the lines of $name are asserted where it is built and started', ({ name, lines }) => {
    const app = readApps().find((one) => one.name === name);
    const asserted = [...(app?.assemble.log ?? []), ...(app?.run?.log ?? [])];
    expect(lines.filter((line) => !asserted.some((part) => line.includes(part)))).toEqual([]);
  });
});

function read(page: string): string {
  return readFileSync(join(docs, page), 'utf8');
}
