import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, assign } from '../../../consumers/support/assign.ts';
import { pairwiseRows, type Row } from '../../../consumers/support/pairwise.ts';
import { canStart } from '../../../consumers/support/starts.ts';
import { distributions } from '../../../engine/support/full-images.ts';
import type { AppCase } from '../../../support/app-case.ts';
import { users } from './images.ts';

/** What varies between the images that an application ends in. */
export const dimensions = {
  image: ['full/node', 'full/native', 'minimal/native', 'micro/native'],
  user: users,
  root: ['writable', 'read-only'],
  release: distributions.map(({ release }) => release),
} as const;

export type Combination = Row<typeof dimensions>;
export type Image = Combination['image'];
export type Cell = Assignment<Combination>;

export const combinations: readonly Combination[] = pairwiseRows(dimensions);

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
  'flask-gunicorn': 'minimal/native',
  'mod-wsgi': 'minimal/native',
  uwsgi: 'minimal/native',
};

/** Each application once, in a plain `bin/test` some of them; every combination has at least one. */
export function cellsOf(apps: readonly AppCase[], wantsAll: boolean): readonly Cell[] {
  const started = apps.filter(({ name, run }) => run !== undefined && (wantsAll || PLAIN.includes(name)));
  return assign(started, combinations, canShow);
}

function canShow(app: AppCase, { image, root }: Combination): boolean {
  const only = SHOWN_ON[app.name];
  if (only !== undefined && only !== image) return false;
  return !(image === 'micro/native' && needsMoreThanMicro(app)) && canStart(app, { root, init: 'default' });
}

/** Starts a shell script or Apache, which the micro image refuses: flavours.test.ts shows how. */
function needsMoreThanMicro({ name, project }: AppCase): boolean {
  return name.startsWith('mod-wsgi') || existsSync(join(project, 'app.sh'));
}

/** The documented Dockerfile by which an application gets into an image. */
export function recipeOf({ name, needs }: AppCase, image: Image): string {
  if (image === 'micro/native') return 'full-to-micro.Dockerfile';
  if (image !== 'minimal/native') return 'copy.Dockerfile';
  if (name.startsWith('mod-wsgi')) return 'mod-wsgi.Dockerfile';
  return needs.packages.length > 0 ? 'minimal-compilers.Dockerfile' : 'minimal.Dockerfile';
}
