import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, assign } from '../../../consumers/support/assign.ts';
import { pairwiseRows, type Row } from '../../../consumers/support/pairwise.ts';
import { canStart } from '../../../consumers/support/starts.ts';
import type { AppCase } from '../../../support/app-case.ts';
import { users } from './images.ts';

const FIXED = {
  image: ['full/node', 'full/native', 'minimal/native', 'micro/native'],
  user: users,
  root: ['writable', 'read-only'],
} as const;

/** What varies between the images that an application ends in. */
type Dimensions = typeof FIXED & { readonly release: readonly string[] };

export type Combination = Row<Dimensions>;
export type Image = Combination['image'];
export type Cell = Assignment<Combination>;

/** With the releases that a run has images of. */
export function dimensionsOf(releases: readonly string[]): Dimensions {
  return { ...FIXED, release: releases };
}

/** Applications of a plain `bin/test`; each of the others is a minute or shows what one of these does. */
const PLAIN = [
  'app-py',
  'app-sh',
  'django',
  'fastapi-gunicorn',
  'fastapi-uvicorn',
  'flask-gunicorn',
  'gunicorn-conf-wsgi-app',
  'mod-wsgi',
  'procfile',
  'pyuwsgi',
  'setup-cfg',
  'uwsgi',
  'waitress',
];

/** Where an application is shown because that image is the question. */
const SHOWN_ON: Readonly<Record<string, Image>> = {
  'app-py': 'micro/native',
  django: 'micro/native',
  'fastapi-uvicorn': 'micro/native',
  'flask-gunicorn': 'minimal/native',
  'mod-wsgi': 'minimal/native',
  'poetry-lock': 'minimal/native',
  uwsgi: 'minimal/native',
  'uv-lock': 'minimal/native',
};

/** What stands for one way to install or to start: `bin/test --all` shows it in each flavour that it is for. */
const IN_EACH_FLAVOUR = [
  'django',
  'django-daphne',
  'fastapi-gunicorn',
  'fastapi-hypercorn',
  'fastapi-uvicorn',
  'pdm-lock',
  'pipfile-lock',
  'poetry-lock',
  'procfile',
  'project-script',
  'pylock',
  'pyuwsgi',
  'starlette-granian',
  'user-hooks',
  'uv-lock',
  'waitress',
];

/**
 * Each application once, so that the values of the dimensions meet pairwise: in a plain `bin/test` some of them, else all, and
 * some of these in each flavour.
 */
export function cellsOf(apps: readonly AppCase[], releases: readonly string[], reach: 'plain' | 'all'): readonly Cell[] {
  const combinations = pairwiseRows(dimensionsOf(releases));
  const started = apps.filter(({ name, run }) => run !== undefined && (reach === 'all' || PLAIN.includes(name)));
  const once = assign(started, combinations, canShow);
  if (reach === 'plain') return once;
  const more = (['full', 'minimal', 'micro'] as const).flatMap((flavour) => {
    const shown = once.filter((cell) => flavourOf(cell) === flavour).map(({ app }) => app.name);
    const possible = combinations.filter((combination) => combination.image.startsWith(`${flavour}/`));
    const missing = started.filter(
      (app) =>
        IN_EACH_FLAVOUR.includes(app.name) &&
        !shown.includes(app.name) &&
        possible.some((combination) => isFor(app, combination)),
    );
    return missing.length === 0 ? [] : assign(missing, possible, isFor);
  });
  return inOrder(combinations, [...once, ...more]);
}

function flavourOf({ combination }: Cell): string | undefined {
  return combination.image.split('/')[0];
}

function inOrder(combinations: readonly Combination[], cells: readonly Cell[]): readonly Cell[] {
  return combinations.flatMap((combination) => cells.filter((cell) => cell.combination === combination));
}

function canShow(app: AppCase, combination: Combination): boolean {
  const only = SHOWN_ON[app.name];
  return (only === undefined || only === combination.image) && isFor(app, combination);
}

function isFor(app: AppCase, { image, root }: Combination): boolean {
  return !(image === 'micro/native' && needsMoreThanMicro(app)) && canStart(app, { root, init: 'default' });
}

/** Starts a shell or Apache, which the micro image refuses: flavours.test.ts and small.test.ts show how. */
function needsMoreThanMicro({ name, project }: AppCase): boolean {
  const scripts = ['app.sh', '.s2i/hooks/pre-run'];
  return name.startsWith('mod-wsgi') || name === 'procfile-process' || scripts.some((file) => existsSync(join(project, file)));
}

/** The documented Dockerfile by which an application gets into an image. */
export function recipeOf({ name, needs }: AppCase, image: Image): string {
  if (image === 'micro/native') return 'full-to-micro.Dockerfile';
  if (image !== 'minimal/native') return 'copy.Dockerfile';
  if (name.startsWith('mod-wsgi')) return 'mod-wsgi.Dockerfile';
  return needs.packages.length > 0 ? 'minimal-compilers.Dockerfile' : 'minimal.Dockerfile';
}
