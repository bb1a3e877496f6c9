import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PINNED } from '../../src/assemble/installers/pinned.ts';
import { renderDockerfile } from '../../src/image/dockerfile/render.ts';
import { flavourDockerfile } from '../../src/image/flavours.ts';
import { TOOL_LOCKS } from '../../src/image/full/tools.ts';
import { BUILT } from '../../src/image/spec/distributions.ts';
import { logicalLines } from '../../src/inspect/manifests/requirements.ts';

const folder = join(import.meta.dirname, '../..', TOOL_LOCKS);

test('there is a lock for each tool that assemble would fetch, and no other', () => {
  expect(readdirSync(folder)).toEqual(
    Object.keys(PINNED)
      .map((name) => `${name}.txt`)
      .sort(),
  );
});

describe.each(Object.entries(PINNED))('the lock of %s', (name, wanted) => {
  const text = readFileSync(join(folder, `${name}.txt`), 'utf8');

  test('has the versions that would be fetched', () => {
    for (const one of wanted) expect(text).toContain(`\n${one.replace(/\[.*\]/, '')} \\\n`.slice(text.startsWith(one) ? 1 : 0));
  });

  test('names exact versions with hashes, and no index', () => {
    for (const { text: line } of logicalLines(text)) expect(line).toMatch(/^[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}/);
    expect(text).not.toMatch(/:\/\/|^-/m);
  });
});

test.each(['minimal', 'micro'] as const)('the %s image has none of the tools', (flavour) => {
  for (const distribution of BUILT) {
    expect(renderDockerfile(flavourDockerfile(flavour, distribution, ''))).not.toMatch(/pack-tools|s2i\/tools/);
  }
});
