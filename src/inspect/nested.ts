import { join } from './paths.ts';
import type { ProjectView } from './view.ts';

const MANIFESTS = [
  'requirements.txt',
  'uv.lock',
  'pylock.toml',
  'poetry.lock',
  'pdm.lock',
  'Pipfile.lock',
  'Pipfile',
  'pyproject.toml',
  'setup.py',
];

/** A manifest that assemble does not read because it lies in the folder of the application, or in `requirements`. */
export function findNested(view: ProjectView, appHome: string): string | undefined {
  const elsewhere = !appHome.startsWith('/') && !appHome.startsWith('.');
  const inHome = (elsewhere ? MANIFESTS : []).map((name) => join(appHome, name)).find((path) => view.stat(path)?.type === 'file');
  if (inHome !== undefined) return inHome;
  const lists = view.list('requirements').filter((name) => name.endsWith('.txt'));
  const name = lists.find((one) => /^(prod|main|base|requirements)/.test(one)) ?? lists[0];
  return name === undefined ? undefined : `requirements/${name}`;
}
