import type { Instruction } from '../dockerfile/instruction.ts';
import { APP_ROOT, environment, HOME, HOOKS, labels, PIP, type Release, USER } from '../spec/contract.ts';
import type { Distribution } from '../spec/distribution.ts';

/** The pip of the images; the build takes exactly this one. */
export const PIP_VERSION = '26.2.1';

const NODE = 'node:24-trixie-slim';

/** The Dockerfile of the full image. Its build context is the root of this repository after `npm run build`. */
export function fullDockerfile(distribution: Distribution, release: Release): readonly Instruction[] {
  return [
    {
      do: 'comment',
      text: 'Rendered from src/image: `node scripts/images.ts render`. Build context: the root of the repository.',
    },
    { do: 'from', image: NODE, as: 'node' },
    { do: 'comment', text: '' },
    ...pipStage(distribution),
    { do: 'comment', text: '' },
    { do: 'from', image: distribution.base },
    { do: 'run', commands: systemCommands(distribution) },
    { do: 'copy', from: 'node', sources: ['/usr/local/bin/node'], to: '/usr/local/bin/node' },
    { do: 'copy', from: 'node', sources: ['/usr/local/lib/node_modules/npm'], to: '/usr/local/lib/node_modules/npm' },
    { do: 'copy', from: 'pip', sources: [PIP], to: PIP },
    { do: 'copy', sources: ['s2i/bin/'], to: `${HOOKS}/` },
    { do: 'copy', sources: ['dist/hooks/'], to: `${HOOKS}/lib/` },
    { do: 'copy', sources: ['images/root/'], to: '/' },
    { do: 'env', variables: environment(distribution) },
    { do: 'run', commands: applicationCommands(distribution) },
    { do: 'label', labels: labels(distribution, 'full', release) },
    { do: 'expose', port: 8080 },
    { do: 'user', user: USER },
    { do: 'workdir', path: HOME },
    { do: 'entrypoint', argv: ['/usr/bin/container-entrypoint'] },
    { do: 'cmd', argv: [`${HOOKS}/usage`] },
  ];
}

/** pip is fetched in a stage of its own, so that neither its cache nor the pip that fetches it stays. */
function pipStage({ base, packageManager }: Distribution): readonly Instruction[] {
  return [
    { do: 'from', image: base, as: 'pip' },
    {
      do: 'run',
      commands: [
        ...packageManager.refresh,
        packageManager.install(['python3', 'python3-venv', 'ca-certificates']),
        // A certificate of the build, where one is mounted; it stays in no layer.
        'if [ -r /run/secrets/ca.crt ]; then export PIP_CERT=/run/secrets/ca.crt; fi',
        'python3 -m venv /tmp/venv',
        `/tmp/venv/bin/pip install --no-cache-dir --no-compile --target ${PIP} pip==${PIP_VERSION}`,
        `rm -rf ${PIP}/bin`,
        `python3 -m compileall -q --invalidation-mode unchecked-hash ${PIP}`,
      ],
    },
  ];
}

function systemCommands({ packageManager, packages, locale }: Distribution): readonly string[] {
  return [...packageManager.refresh, packageManager.install(Object.values(packages).flat()), ...locale, ...packageManager.clean];
}

/** The virtual environment is empty: pip is reached through a path file and a launcher (docs/decisions/0005). */
function applicationCommands({ python, interpreter, packageManager }: Distribution): readonly string[] {
  const site = `${APP_ROOT}/lib/python${python}/site-packages`;
  return [
    'umask 0002',
    packageManager.addUser(HOME),
    `${interpreter} -m venv --without-pip ${APP_ROOT}`,
    `echo ${PIP} > ${site}/s2i-pip.pth`,
    `cp /usr/lib/s2i/launch-pip ${APP_ROOT}/bin/pip`,
    `ln -s pip ${APP_ROOT}/bin/pip3`,
    `ln -s pip ${APP_ROOT}/bin/pip${python}`,
    `mkdir -p ${HOME}/.local ${APP_ROOT}/etc`,
    `chown -R ${USER}:0 ${APP_ROOT}`,
    'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    'ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx',
    `ln -s ${HOOKS}/fix-permissions /usr/bin/fix-permissions`,
  ];
}
