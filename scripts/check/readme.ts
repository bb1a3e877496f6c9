import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../src/inspect/settings/table.ts';

const BEGIN = '<!-- settings: written by `node scripts/readme.ts` -->';
const END = '<!-- /settings -->';

/** The table of environment variables in the README is what the code says. */
export function checkReadme(root: string): readonly string[] {
  const path = join(root, 'README.md');
  const text = readFileSync(path, 'utf8');
  return withSettings(text) === text ? [] : ['README.md: the table of settings is old; run node scripts/readme.ts'];
}

export function writeReadme(root: string): void {
  const path = join(root, 'README.md');
  writeFileSync(path, withSettings(readFileSync(path, 'utf8')));
}

function withSettings(text: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n${renderSettings()}${END}${after}`;
}

function renderSettings(): string {
  const cell = (value: string) => value.replaceAll('|', '\\|');
  const rows = SETTINGS.map(
    ({ name, hooks, default: fallback, meaning }) =>
      `| \`${name}\` | ${hooks.join(', ')} | ${cell(fallback)} | ${cell(meaning)} |\n`,
  );
  return `\n| variable | hook | default | meaning |\n|---|---|---|---|\n${rows.join('')}\n`;
}
