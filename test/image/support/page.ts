import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Dockerfile of the page, and the command that stands below it. */
export interface Recipe {
  /** Name in images/dockerfiles. */
  readonly file: string;
  readonly dockerfile: string;
  /** Builds `my-application` from the current folder, in which the Dockerfile lies. */
  readonly command: string;
}

const RECIPE = /<!-- images\/dockerfiles\/(\S+) -->\n```dockerfile\n([\s\S]*?)\n```\n\n```sh\n(.*)\n```/g;

/** Reads docs/using-the-image.md as somebody who copies from it. */
export function readRecipes(): readonly Recipe[] {
  return [...readPage().matchAll(RECIPE)].map(([, file = '', dockerfile = '', command = '']) => ({ file, dockerfile, command }));
}

/** The commands of the page that belong to no Dockerfile of it; one may be several lines. */
export function readCommands(): readonly string[] {
  const ofRecipes = readRecipes().map(({ command }) => command);
  const all = [...readPage().matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, command = '']) => command);
  return all.filter((command) => !ofRecipes.includes(command));
}

function readPage(): string {
  return readFileSync(join(import.meta.dirname, '../../../docs/using-the-image.md'), 'utf8');
}
