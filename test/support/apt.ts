import { spawnSync } from 'node:child_process';
import { isDebian, isRoot } from './machine.ts';

/** Packages of a list that are not installed. Empty where there is no dpkg. */
export function missingPackages(names: readonly string[]): readonly string[] {
  if (!isDebian || names.length === 0) return [];
  const format = ['Package', 'db:Status-Abbrev'].map((field) => `\${${field}}`).join(' ');
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', `${format}\n`, ...names], { encoding: 'utf8' });
  const installed = new Set(stdout.split('\n').flatMap((line) => (line.endsWith(' ii ') ? [line.split(' ')[0]] : [])));
  return names.filter((name) => !installed.has(name));
}

/** The locale that the images have. Compiled where it is missing and may be; Debian has only C.UTF-8 by itself. */
export function makeEnglishLocale(): void {
  if (hasEnglishLocale() || !isRoot) return;
  spawnSync('localedef', ['-i', 'en_US', '-f', 'UTF-8', 'en_US.UTF-8']);
}

function hasEnglishLocale(): boolean {
  const { stdout } = spawnSync('locale', ['-a'], { encoding: 'utf8' });
  return stdout.split('\n').some((line) => /^en_US\.utf-?8$/i.test(line));
}
