import type { Failure } from '../../failures/failure.ts';
import type { ProjectView } from '../view.ts';
import { MAX_MANIFEST_BYTES } from './depth.ts';
import { isNoFile } from './no-file.ts';

/** What setup.py and setup.cfg tell. setup.py is never run to learn something. */
export interface Setuptools {
  readonly setupPy: boolean;
  /** setup.cfg describes a package: it has a `[metadata]` or `[options]` section. */
  readonly setupCfgPackage: boolean;
  readonly setupCfg: boolean;
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  readonly failures: readonly Failure[];
}

export function readSetuptools(view: ProjectView): Setuptools {
  const failures: Failure[] = [];
  const texts: { file: string; text: string }[] = [];
  for (const file of ['setup.py', 'setup.cfg']) {
    const read = view.readText(file, MAX_MANIFEST_BYTES);
    if (read.ok) texts.push({ file, text: read.text });
    // setup.py may be in another encoding that a coding comment names: Python reads it, so it is no failure here.
    else if (!isNoFile(read.problem) && !(file === 'setup.py' && read.problem.what === 'not-utf8')) {
      failures.push({ kind: 'manifest-unreadable', file, problem: read.problem });
    }
  }
  const cfg = texts.find(({ file }) => file === 'setup.cfg');
  return {
    setupPy: view.stat('setup.py')?.type === 'file',
    setupCfg: view.stat('setup.cfg')?.type === 'file',
    setupCfgPackage: cfg !== undefined && /^\[(metadata|options)\]\s*$/m.test(cfg.text),
    texts,
    failures,
  };
}
