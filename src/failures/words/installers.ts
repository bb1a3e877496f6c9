import type { InstallerFailure } from '../kinds/installers.ts';
import type { Message, Words } from '../message.ts';

const TERMINAL = 'a terminal, in the source';

/** The words about the choice of what installs the dependencies. */
export const installerWords: Words<InstallerFailure> = {
  'package-managers-differ': ({ manager, setting, switched }) => ({
    title: `S2I_PACKAGE_MANAGER is "${manager}", and ${setting} asks for ${switched}.`,
    expected: 'one of them, or both for the same tool',
    checks: ['the variables in .s2i/environment, -e and the image itself'],
    write: { where: '.s2i/environment', text: `${setting}=` },
    wayOut: `unset ${setting}, or S2I_PACKAGE_MANAGER.`,
  }),
  'several-locks': ({ locks }) => severalLocks(locks),
  'manager-without-manifest': ({ manager, file, writtenBy }) => ({
    title: `S2I_PACKAGE_MANAGER is "${manager}", and there is no ${file}.`,
    expected: `${file} at the root of the source`,
    checks: [
      'whether .gitignore, .s2iignore or .dockerignore leaves it out of the build',
      'whether --context-dir names the folder that holds it',
    ],
    write: { where: TERMINAL, text: writtenBy },
    wayOut: 'leave S2I_PACKAGE_MANAGER unset: the files of the source then decide.',
  }),
  'python-differs': pythonDiffers,
  'selection-unknown': ({ setting, file, missing, known }) => ({
    title: `${setting} names what ${file} does not have: ${missing.join(', ')}.`,
    expected: known.length === 0 ? `${setting} left out: ${file} has none` : `some of ${known.join(', ')}`,
    checks: ['the spelling; extras belong in S2I_INSTALL_EXTRAS, groups in S2I_INSTALL_GROUPS'],
  }),
  'no-package-no-lock': ({ writtenBy }) => ({
    title: 'tool.poetry.package-mode in pyproject.toml is false, and there is no poetry.lock: nothing says what to install.',
    expected: 'poetry.lock, or requirements.txt',
    checks: ['whether .gitignore, .s2iignore or .dockerignore leaves it out of the build'],
    write: { where: TERMINAL, text: `${writtenBy}\ngit add poetry.lock` },
  }),
  'lock-alone': ({ file, besides }) => ({
    title: `${file} stands without ${besides}, which it was made from.`,
    expected: `${besides} beside ${file}`,
    checks: [`whether .gitignore, .s2iignore or .dockerignore leaves ${besides} out of the build`],
    write: { where: TERMINAL, text: `git add --force ${besides}` },
    wayOut: 'S2I_PACKAGE_MANAGER=pip passes over the lock.',
  }),
};

function pythonDiffers({ python, demands, fitting }: Extract<InstallerFailure, { kind: 'python-differs' }>): Message {
  const places = demands.map(({ file, key, wanted }) => `${key === undefined ? file : `${key} in ${file}`}: ${wanted}`);
  const [image] = fitting;
  const short = python.split('.').slice(0, 2).join('.');
  const plain = demands.find(({ file }) => file === '.python-version' || file === 'runtime.txt')?.file;
  return {
    title: `The project is for another Python than the ${python} of this image.`,
    found: places,
    expected: 'files that agree with the Python that is here, because a lock was made for them',
    checks: [
      image === undefined
        ? 'whether the project really needs exactly that: none of the images has a Python that suits all of these files'
        : `whether the image for Python ${fitting.join(' or ')} was meant: s2i-python:${image}`,
      'whether a file was forgotten when the project moved to another Python',
    ],
    ...(plain === undefined ? {} : { write: { where: plain, text: plain === 'runtime.txt' ? `python-${short}` : short } }),
  };
}

function severalLocks(locks: Extract<InstallerFailure, { kind: 'several-locks' }>['locks']): Message {
  const tools = [...new Set(locks.map(({ installer }) => installer))];
  const width = Math.max(...locks.map(({ file }) => file.length));
  const together = locks.map(({ file }) => file);
  // Of several locks of PEP 751 the one without a name counts.
  const write =
    tools.length > 1
      ? { where: '.s2i/environment', text: `S2I_PACKAGE_MANAGER=${tools[0] ?? 'uv'}` }
      : { where: TERMINAL, text: `git mv ${together[0] ?? ''} pylock.toml` };
  return {
    title: `${locks.length} locks could be installed from: ${together.slice(0, -1).join(', ')} and ${together.at(-1) ?? ''}.`,
    found: locks.map(({ file, installer }) => `${file.padEnd(width)}  is read with S2I_PACKAGE_MANAGER=${installer}`),
    expected: 'one lock, or a setting that chooses',
    checks: ['which of them is kept up to date; remove the others from the source (git rm)'],
    write,
  };
}
