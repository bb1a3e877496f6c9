import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In this order: what assemble decided is read by run. */
export const rehearsals = ['assemble', 'run'] as const;
export type Rehearsed = (typeof rehearsals)[number];

const project: Readonly<Record<string, string>> = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'project.settings')\n",
  'requirements.txt': 'django\ngunicorn\n',
  'project/__init__.py': '',
  'project/settings.py': "ROOT_URLCONF = 'project.urls'\nWSGI_APPLICATION = 'project.wsgi.application'\n",
  'project/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
};

/** Stand-ins for what is started; each does nothing and succeeds. */
const programs: Readonly<Record<string, string>> = {
  gunicorn: '#!/bin/sh\n',
  pip: '#!/bin/sh\n',
  python: '#!/bin/sh\n',
};

export interface Stage {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Sets up a Django project with what looks like its environment, once as an image has it and once as S2I delivers it: the
 * way of a hook through it leads past all that an ordinary project needs. Everything lies below `folder`.
 */
export function prepareRehearsal(folder: string): Stage {
  const appRoot = join(folder, 'app-root');
  const library = join(appRoot, 'lib/python3.13/site-packages');
  for (const name of ['gunicorn-24.0.0.dist-info', 'gunicorn', 'django-6.0.dist-info', 'django']) {
    write(join(library, name, 'RECORD'), '', 0o644);
  }
  for (const [name, text] of Object.entries(programs)) write(join(appRoot, 'bin', name), text, 0o755);
  write(join(appRoot, 'pyvenv.cfg'), `home = ${appRoot}/bin\nversion = 3.13.0\n`, 0o644);
  write(join(appRoot, 'lib/python3.13/lib-dynload/_csv.cpython-313-x86_64-linux-gnu.so'), '', 0o644);
  const directory = join(appRoot, 'src');
  for (const [name, text] of Object.entries(project)) {
    write(join(directory, name), text, 0o644);
    write(join(folder, 'drop/src', name), text, 0o644);
  }
  const environment = {
    APP_ROOT: appRoot,
    HOME: directory,
    PATH: `${appRoot}/bin:/usr/bin:/bin`,
    S2I_DESTINATION: join(folder, 'drop'),
    DISABLE_MIGRATE: '1',
    DISABLE_COLLECTSTATIC: '1',
  };
  return { directory, environment };
}

/**
 * After assemble: changes a file that its decision rests on, the last that it read. So run does both, the whole of reading the decision
 * and, because it is not as it was, deciding anew.
 */
export function prepareNext({ directory }: Stage): void {
  appendFileSync(join(directory, 'project/settings.py'), '\n');
}

function write(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
