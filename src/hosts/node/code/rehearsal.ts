import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Exit status of a rehearsal that came to the hand-over. */
export const rehearsed = 42;

const files: Readonly<Record<string, string>> = {
  'src/manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'project.settings')\n",
  'src/requirements.txt': 'django\ngunicorn\n',
  'src/project/__init__.py': '',
  'src/project/settings.py': "ROOT_URLCONF = 'project.urls'\nWSGI_APPLICATION = 'project.wsgi.application'\n",
  'src/project/wsgi.py': 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
};

/**
 * Writes a Django project and what looks like its environment: the launch of it leads through all that a start of gunicorn
 * usually needs.
 */
export function makeProject(appRoot: string): { readonly directory: string; readonly environment: Record<string, string> } {
  for (const name of ['gunicorn-24.0.0.dist-info', 'gunicorn', 'django-6.0.dist-info', 'django']) {
    mkdirSync(join(appRoot, 'lib/python3.13/site-packages', name), { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) write(join(appRoot, name), text, 0o644);
  write(join(appRoot, 'bin/gunicorn'), '#!/bin/sh\n', 0o755);
  const directory = join(appRoot, 'src');
  const environment = { APP_ROOT: appRoot, HOME: directory, PATH: `${appRoot}/bin:/usr/bin:/bin`, DISABLE_MIGRATE: '1' };
  return { directory, environment };
}

function write(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
