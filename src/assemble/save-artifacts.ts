import type { ArchiveTree } from '../execute/effect.ts';
import { act, type Finished, type Program, Stopped, tree } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { withTemporary } from '../execute/temporary.ts';
import { readInstalled } from '../inspect/installed.ts';
import { join } from '../inspect/paths.ts';
import { readSettings } from '../inspect/settings/read.ts';
import { STORED } from '../run/stored/stored.ts';
import { readPlaces, SAVED_ENVIRONMENT, STAMP } from './places.ts';
import { isLocal, recordedFiles } from './saved/local.ts';
import { parseStamp } from './saved/stamp.ts';

/** What every fresh environment has, and what belongs to the application or to a start of it. */
const NOT_SAVED = [
  STAMP,
  'etc/passwd',
  'etc/s2i/sources*',
  STORED,
  'pyvenv.cfg',
  'lib64',
  'bin/python',
  'bin/python3',
  'bin/python3.*',
  'bin/activate*',
  'bin/Activate.ps1',
  'bin/pip',
  'bin/pip3',
  'bin/pip3.*',
  'lib/python3.*/site-packages/pip',
  'lib/python3.*/site-packages/pip-*.dist-info',
];

/**
 * Streams the stamp and the installed environment as tar (A7); the environment is one archive in it, because s2i unpacks,
 * packs and uploads file by file what it was given. An image without a stamp gives an empty stream and status 0: s2i then
 * builds clean.
 */
export function* saveArtifacts(reader: Reader): Program<Finished> {
  const { settings, failures } = readSettings(reader.environment, 'save-artifacts', reader.undecodable);
  if (failures.length > 0) throw new Stopped(failures);
  const { appRoot: root, home, stamp } = readPlaces(reader, settings);
  const read = reader.readText(stamp, { maxBytes: 16 * 1024 * 1024 });
  if (!read.ok || parseStamp(read.text).state !== 'present') return { code: 0 };
  const exclude = [home.slice(root.length + 1), ...NOT_SAVED, ...localFiles(reader, root)];
  return yield* withTemporary('s2i-artifacts-', function* (directory) {
    yield* archive({ root, exclude, file: join(directory, SAVED_ENVIRONMENT) });
    const problem = yield* act({ kind: 'write-file', path: join(directory, STAMP), text: read.text, mode: 0o644 });
    if (problem !== undefined) throw new Stopped([{ kind: 'tree-failed', role: 'archive', problems: [problem] }]);
    yield* archive({ root: directory, exclude: [] });
    return { code: 0 };
  });
}

function* archive(of: Omit<ArchiveTree, 'kind'>): Program<void> {
  const { problems } = yield* tree({ kind: 'archive-tree', ...of });
  if (problems.length > 0) throw new Stopped([{ kind: 'tree-failed', role: 'archive', problems }]);
}

/** Files that the source itself installed: the next build installs them again from its own source. */
function localFiles(reader: Reader, root: string): readonly string[] {
  const installed = readInstalled(reader, root);
  const names = [...installed.distributions.keys()].filter((name) => isLocal(reader, installed, name));
  return names.flatMap((name) => recordedFiles(reader, installed, name, root));
}
