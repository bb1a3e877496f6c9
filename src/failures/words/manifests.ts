import type { ManifestFailure } from '../kinds/manifests.ts';
import type { Message, Words } from '../message.ts';
import { quote, spelling } from './text.ts';
import { unreadable } from './unreadable.ts';

/** The words about files that name dependencies. */
export const manifestWords: Words<ManifestFailure> = {
  'manifest-unreadable': ({ file, problem }) => unreadable(file, problem),
  'manifest-syntax': syntax,
  'manifest-bom': ({ file, reader }) => ({
    title: `${file} begins with a byte order mark (BOM), which ${reader} refuses.`,
    expected: 'UTF-8 without a byte order mark',
    checks: ['how the editor saves: "UTF-8", not "UTF-8 with BOM"'],
    write: { where: 'a terminal', text: `sed -i '1s/^\\xEF\\xBB\\xBF//' ${file}` },
  }),
  'manifest-nesting': ({ file, limit }) => ({
    title: `${file} is nested deeper than ${limit} levels.`,
    expected: `at most ${limit} levels of tables, arrays or objects`,
    checks: ['whether the file was written by a program that went wrong; no tool needs such a depth'],
  }),
  'manifest-shape': (failure) => ({
    title: `${failure.key} in ${failure.file} is ${failure.found}.`,
    expected: failure.expected,
    ...(failure.write === undefined ? writeAgain(failure) : { write: { where: failure.file, text: failure.write } }),
  }),
  'setup-cfg-alone': ({ file }) => ({
    title: `${file} describes a package, but pip installs none without setup.py or pyproject.toml.`,
    found: ['Neither setup.py nor pyproject.toml stands beside it.'],
    write: {
      where: 'pyproject.toml',
      text: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"',
    },
    wayOut: 'DISABLE_SETUP_PY_PROCESSING=1 leaves the package uninstalled.',
  }),
  'requirement-file-missing': (failure) => ({
    title: `${failure.file}, line ${failure.line} refers to ${quote(failure.target)}, which does not exist.`,
    expected: `a file to read for ${failure.option}; its name is relative to ${failure.file}`,
    checks: [spelling(failure.similar), 'whether .s2iignore, .gitignore or .dockerignore leaves the file out of the build'],
    ...included(failure),
  }),
  'nothing-to-install': ({ path }) => ({
    title: `${path} names no dependency, and --only-dependencies installs nothing else.`,
    expected: 'requirements.txt, pyproject.toml, a lock or a Pipfile there',
    checks: ['whether the step before copies or mounts the manifests of the project to that folder'],
    write: {
      where: 'the Dockerfile',
      text: `COPY --chown=1001:0 requirements.txt ${path}/\nRUN /usr/libexec/s2i/assemble --only-dependencies`,
    },
  }),
  'requirement-file-circular': ({ file, line, target }) => ({
    title: `${file}, line ${line} reads ${quote(target)}, which ${target === file ? 'is the file itself' : `leads back to ${file}`}.`,
    expected: 'files that do not include each other: pip goes round in circles until it dies',
    checks: [
      target === file
        ? 'whether another file was meant'
        : 'which of the files needs the other; what both need belongs into a third one',
    ],
  }),
};

function syntax(failure: Extract<ManifestFailure, { kind: 'manifest-syntax' }>): Message {
  const { file, format, line, column, near, reason } = failure;
  const place = line === undefined ? file : `${file}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
  const quoted = near === undefined ? {} : { found: [near === '' ? '(the file ends there)' : `| ${near}`] };
  if (near !== undefined && /^(<{7}|={7}$|>{7})/.test(near)) {
    return {
      title: `${file}, line ${line ?? '?'} is a mark of a merge conflict.`,
      ...quoted,
      checks: [`which of the two versions is right (git log -3 -p -- ${file}); then remove the three marks`],
      ...writeAgain(failure),
    };
  }
  return {
    title: `${place} is no valid ${format}${reason === undefined ? '' : `: ${reason}`}.`,
    ...quoted,
    checks:
      format === 'JSON'
        ? ['whether the file was cut off, or changed by hand']
        : ['quotes, brackets and commas there, and in the lines before'],
    ...writeAgain(failure),
  };
}

/** A file that a program writes is written again, not mended. */
function writeAgain({ writtenBy }: { readonly writtenBy?: string }): Pick<Message, 'write'> {
  return writtenBy === undefined ? {} : { write: { where: 'a terminal, in the source', text: writtenBy } };
}

/** The line with the file that was meant, relative to the one it stands in. */
function included({
  file,
  line,
  option,
  similar: [similar],
}: Extract<ManifestFailure, { kind: 'requirement-file-missing' }>): Pick<Message, 'write'> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  if (similar?.startsWith(folder) !== true) return {};
  return { write: { where: `${file}, line ${line}`, text: `${option} ${similar.slice(folder.length)}` } };
}
