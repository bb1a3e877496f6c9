import type { ReadProblem } from '../../execute/reader.ts';
import type { Notice } from '../../failures/notice.ts';
import type { ProjectView } from '../view.ts';

const MANIFESTS = [
  'requirements.txt',
  'setup.py',
  'setup.cfg',
  'pyproject.toml',
  'Pipfile',
  'Pipfile.lock',
  'uv.lock',
  'pylock.toml',
  'poetry.lock',
  'pdm.lock',
];

/** Manifests by name that are no files. Upstream tests for a file (B19, B21, B22, B29) and silently goes on without. */
export function findNoFiles(view: ProjectView): readonly Notice[] {
  return MANIFESTS.flatMap((file): readonly Notice[] => {
    switch (view.stat(file)?.type) {
      case 'directory':
        return [{ kind: 'manifest-no-file', file, what: 'a folder' }];
      case 'dangling':
        return [{ kind: 'manifest-no-file', file, what: 'a link that leads nowhere' }];
      case 'other':
        return [{ kind: 'manifest-no-file', file, what: 'a pipe, socket or device' }];
      default:
        return [];
    }
  });
}

/** The manifest counts as missing. */
export function isNoFile({ what }: ReadProblem): boolean {
  return what === 'absent' || what === 'directory' || what === 'dangling' || what === 'special';
}
