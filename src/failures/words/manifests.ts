import type { ManifestFailure } from '../kinds/manifests.ts';
import type { Message } from '../message.ts';
import { quote, spelling } from './text.ts';
import { unreadable } from './unreadable.ts';

/** The words about files that name dependencies. */
export function manifestWords(failure: ManifestFailure): Message {
  switch (failure.kind) {
    case 'manifest-unreadable':
      return unreadable(failure.file, failure.problem);
    case 'manifest-syntax':
      return syntax(failure);
    case 'manifest-bom':
      return {
        title: `${failure.file} begins with a byte order mark (BOM), which ${failure.reader} refuses.`,
        expected: 'UTF-8 without a byte order mark',
        checks: ['how the editor saves: "UTF-8", not "UTF-8 with BOM"'],
        write: { where: 'a terminal', text: `sed -i '1s/^\\xEF\\xBB\\xBF//' ${failure.file}` },
      };
    case 'manifest-nesting':
      return {
        title: `${failure.file} is nested deeper than ${failure.limit} levels.`,
        expected: `at most ${failure.limit} levels of tables, arrays or objects`,
        checks: ['whether the file was written by a program that went wrong; no tool needs such a depth'],
      };
    case 'manifest-shape':
      return {
        title: `${failure.key} in ${failure.file} is ${failure.found}.`,
        expected: failure.expected,
        ...(failure.write === undefined ? writeAgain(failure) : { write: { where: failure.file, text: failure.write } }),
      };
    case 'setup-cfg-alone':
      return {
        title: `${failure.file} describes a package, but pip installs none without setup.py or pyproject.toml.`,
        found: ['Neither setup.py nor pyproject.toml stands beside it.'],
        write: {
          where: 'pyproject.toml',
          text: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"',
        },
        wayOut: 'DISABLE_SETUP_PY_PROCESSING=1 leaves the package uninstalled.',
      };
    case 'requirement-file-missing':
      return {
        title: `${failure.file}, line ${failure.line} refers to ${quote(failure.target)}, which does not exist.`,
        expected: `a file to read for ${failure.option}; its name is relative to ${failure.file}`,
        checks: [spelling(failure.similar), 'whether .s2iignore, .gitignore or .dockerignore leaves the file out of the build'],
        ...included(failure),
      };
    case 'nothing-to-install':
      return {
        title: `${failure.path} names no dependency, and --only-dependencies installs nothing else.`,
        expected: 'requirements.txt, pyproject.toml, a lock or a Pipfile there',
        checks: ['whether the step before copies or mounts the manifests of the project to that folder'],
        write: {
          where: 'the Dockerfile',
          text: `COPY --chown=1001:0 requirements.txt ${failure.path}/\nRUN /usr/libexec/s2i/assemble --only-dependencies`,
        },
      };
    case 'requirement-file-circular':
      return {
        title: `${failure.file}, line ${failure.line} reads ${quote(failure.target)}, which ${failure.target === failure.file ? 'is the file itself' : `leads back to ${failure.file}`}.`,
        expected: 'files that do not include each other: pip goes round in circles until it dies',
        checks: [
          failure.target === failure.file
            ? 'whether another file was meant'
            : 'which of the files needs the other; what both need belongs into a third one',
        ],
      };
  }
}

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
