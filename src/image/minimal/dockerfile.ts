import { applicationCommands, PIP_VERSION, pruneCommands } from '../application.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import { endingOf } from '../ending.ts';
import { COPY_HOOKS, linkCommands } from '../native/hooks.ts';
import { type BuildFacts, environment, HOME, PIP } from '../spec/contract.ts';
import type { Distribution } from '../spec/distribution.ts';

const HEAD = `Rendered from src/image by \`npm run images -- render\`; change it there. \`npm run images -- build\` builds it.
Stages: the hooks, compiled; pip, packed; the image.`;

/**
 * The Dockerfile of the minimal image: Python, pip, certificates, one locale and the native hooks. The instructions of
 * `native` are a stage of that name.
 */
export function minimalDockerfile(
  distribution: Distribution,
  version: string,
  native: readonly Instruction[],
  build?: BuildFacts,
): readonly Instruction[] {
  return [
    { do: 'comment', text: HEAD },
    { do: 'comment', text: '' },
    ...native,
    { do: 'comment', text: '' },
    ...packedPip(distribution),
    { do: 'comment', text: '' },
    { do: 'from', image: distribution.minimal.base },
    { do: 'run', layer: 'packages', commands: systemCommands(distribution) },
    { do: 'copy', layer: 'pip', from: 'pip', owner: '0:0', sources: ['/out/'], to: '/' },
    { do: 'env', variables: environment(distribution, 'minimal') },
    {
      do: 'run',
      layer: `empty environment of Python ${distribution.python}`,
      commands: [...linkCommands(), ...applicationCommands(distribution)],
    },
    COPY_HOOKS,
    ...endingOf(distribution, 'minimal', version, build),
  ];
}

/** pip as one archive of compiled modules: a quarter of the size of its files, and as fast (docs/decisions/0010). */
function packedPip({ minimal: { base, packageManager, packages }, interpreter }: Distribution): readonly Instruction[] {
  return [
    { do: 'from', image: base, as: 'pip' },
    { do: 'run', layer: '', commands: [...packageManager.refresh, packageManager.install(packages)] },
    { do: 'copy', layer: '', sources: ['images/build/pack-pip.py'], to: '/' },
    { do: 'copy', layer: '', sources: ['images/root/usr/lib/'], to: '/out/usr/lib/' },
    { do: 'copy', layer: '', sources: ['images/root/etc/'], to: '/out/etc/' },
    {
      do: 'comment',
      text: 'A secret "ca.crt" holds the certificates to fetch pip with, where the build needs others than the system\'s.',
    },
    {
      do: 'run',
      layer: '',
      mounts: ['type=secret,id=ca.crt'],
      commands: [
        'if [ -r /run/secrets/ca.crt ]; then export PIP_CERT=/run/secrets/ca.crt; fi',
        `${interpreter} -m venv /pip`,
        `/pip/bin/pip download --no-cache-dir --no-deps --dest /pip pip==${PIP_VERSION}`,
        `${interpreter} /pack-pip.py /pip/pip-${PIP_VERSION}-*.whl /out${PIP}`,
      ],
    },
  ];
}

function systemCommands({ minimal, locale, python }: Distribution): readonly string[] {
  const { packageManager, packages, prune, wheels } = minimal;
  const wheel = `pip-${PIP_VERSION}-cp${python.replace('.', '')}-none-any.whl`;
  return [
    ...packageManager.refresh,
    packageManager.install(packages),
    ...locale,
    packageManager.addUser(HOME),
    ...pruneCommands(prune),
    ...(wheels === undefined ? [] : [`ln -s ${PIP} ${wheels}/${wheel}`]),
    ...packageManager.clean,
  ];
}
