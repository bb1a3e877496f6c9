import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseBehaviours, parseItems } from '../../scripts/parity/behaviours.ts';
import { parseCorpusCase, parseTest } from '../../scripts/parity/cases.ts';
import { checkParity, readParity, writeParity } from '../../scripts/parity.ts';

// Written in pieces: a tag in one piece would count as a case of this repository.
const tag = (item: number | string) => `[B${item}]`;

const BEHAVIOURS = [
  { item: 1, title: 'first | of all', verdict: 'same' },
  { item: 2, title: 'second', verdict: 'fixed', where: 'second-way' },
  { item: 3, title: 'third', verdict: 'not-ours', where: 'Belongs to the image.' },
];

const GOOD: Readonly<Record<string, string>> = {
  'docs/upstream/hooks.md': '# Facts\n- **B1** one (o)\n- **B2** two\n- **B3** three\n',
  'docs/upstream/behaviours.json': JSON.stringify(BEHAVIOURS),
  'docs/differences.md': '<a id="second-way"></a>\n## Second way\n',
  'test/run/one.test.ts': `test('${tag(1)} starts | it', () => {});\n`,
  'test/corpus/flask/hello/case.json': '{"items": [1, 2]}',
};

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parity-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** Lays the good tree with these files changed, brings the page up to date and gives the complaints. */
function complaintsWith(files: Readonly<Record<string, string>>): readonly string[] {
  lay({ ...GOOD, ...files });
  writeParity(root);
  return checkParity(root);
}

describe('check', () => {
  test('has nothing to say about a complete table', () => {
    expect(complaintsWith({})).toEqual([]);
  });

  test('names an item without a row', () => {
    expect(complaintsWith({ 'docs/upstream/hooks.md': `${GOOD['docs/upstream/hooks.md']}- **B4** four\n` })).toEqual([
      'B4 has no row: add it to docs/upstream/behaviours.json',
    ]);
  });

  test('names a row without an item, and items and rows that stand twice', () => {
    const behaviours = [...BEHAVIOURS, { item: 3, title: 'again', verdict: 'not-ours', where: 'x' }];
    expect(
      complaintsWith({
        'docs/upstream/hooks.md': '- **B1** one\n- **B2** two\n- **B2** two\n',
        'docs/upstream/behaviours.json': JSON.stringify(behaviours),
      }),
    ).toEqual([
      'B2 stands twice in docs/upstream/hooks.md',
      'B3 has two entries in docs/upstream/behaviours.json',
      'B3 has a row but is not stated in docs/upstream/hooks.md',
      'B3 has a row but is not stated in docs/upstream/hooks.md',
    ]);
  });

  test('names same and fixed items that nothing shows', () => {
    expect(complaintsWith({ 'test/run/one.test.ts': '', 'test/corpus/flask/hello/case.json': '{}' })).toEqual([
      `B1 is same, but no test name carries ${tag(1)} and no corpus case lists it`,
      `B2 is fixed, but no test name carries ${tag(2)} and no corpus case lists it`,
    ]);
  });

  test('names a fixed item whose anchor is gone, and an anchor that stands twice', () => {
    expect(complaintsWith({ 'docs/differences.md': '<a id="a"></a> <a id="a"></a>' })).toEqual([
      'the anchor a stands twice in docs/differences.md',
      'B2 is fixed, but docs/differences.md has no anchor second-way',
    ]);
  });

  test('names tags that name no item, with their file', () => {
    expect(
      complaintsWith({
        'test/two.test.ts': `it("${tag(4)} no", f);\ndescribe('${tag('1b')}', f);\n`,
        'test/corpus/a/b/case.json': '{"items": [9]}',
      }),
    ).toEqual([
      `test/two.test.ts: ${tag(4)} names no item`,
      `test/two.test.ts: ${tag('1b')} names no item`,
      `test/corpus/a/b/case.json: ${tag(9)} names no item`,
    ]);
  });

  test('says when the page is missing or not up to date', () => {
    lay(GOOD);
    expect(checkParity(root)).toEqual(['docs/parity.md is not up to date: run node scripts/parity.ts']);
    writeParity(root);
    lay({ 'test/new.test.ts': `test('${tag(2)} also', f);` });
    expect(checkParity(root)).toEqual(['docs/parity.md is not up to date: run node scripts/parity.ts']);
  });
});

describe('page', () => {
  test('has a row for each item with verdict and cases', () => {
    lay(GOOD);
    writeParity(root);
    const rows = readFileSync(join(root, 'docs/parity.md'), 'utf8').split('\n');
    expect(rows).toContain('3 items: 1 same, 1 fixed, 1 not ours.');
    expect(rows.filter((row) => row.startsWith('| B'))).toEqual([
      '| B1 | first \\| of all | same | [run/one.test.ts](../test/run/one.test.ts): starts \\| it<br>[corpus/flask/hello](../test/corpus/flask/hello) |',
      '| B2 | second | [fixed](differences.md#second-way) | [corpus/flask/hello](../test/corpus/flask/hello) |',
      '| B3 | third | not ours: Belongs to the image. |  |',
    ]);
  });
});

describe('tags', () => {
  test('are found in any kind of quotes, several in one name, in tables of names', () => {
    const text = [
      `test('${tag(1)} ${tag(2)} it\\'s so', f);`,
      `describe.each([['a', "${tag(3)} says 'x'"]])(\`${tag(4)} for \${name}\`, f);`,
    ].join('\n');
    expect(parseTest('t', text)).toEqual([
      { item: '1', file: 't', name: "it's so" },
      { item: '2', file: 't', name: "it's so" },
      { item: '3', file: 't', name: "says 'x'" },
      { item: '4', file: 't', name: 'for …' },
    ]);
  });

  test('in comments do not count', () => {
    expect(parseTest('t', `// ${tag(1)} isn't shown\n/* ${tag(2)} */`)).toEqual([]);
  });

  test('of a corpus case have to be a list', () => {
    expect(() => parseCorpusCase('c', '{"items": 3}')).toThrow('c: items has to be a list of numbers');
  });
});

describe('behaviours', () => {
  test.each([
    ['{}', 'expected a list'],
    ['[1]', 'entry 1: expected an object'],
    ['[{"item": 1.5}]', 'entry 1: item'],
    [`[{"item": 1, "title": "${'x'.repeat(101)}"}]`, 'entry 1: title'],
    ['[{"item": 1, "title": "x", "verdict": "maybe"}]', 'entry 1: verdict'],
    ['[{"item": 1, "title": "x", "verdict": "fixed"}]', 'entry 1: "fixed" needs where'],
  ])('%s is refused', (text, words) => {
    expect(() => parseBehaviours(text)).toThrow(words);
  });

  test('of this repository cover the 135 items, in order', () => {
    const { items, behaviours } = readParity(join(import.meta.dirname, '../..'));
    const all = Array.from({ length: 135 }, (_, index) => index + 1);
    expect(items).toEqual(all);
    expect(behaviours.map(({ item }) => item)).toEqual(all);
  });

  test('are stated as list entries', () => {
    expect(parseItems('**B1** no\n- **B2** yes\ntext - **B3**')).toEqual([2]);
  });
});
