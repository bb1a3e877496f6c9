import { APP_ROOT, HOME, PIP, USER } from './spec/contract.ts';
import type { Distribution } from './spec/distribution.ts';

/** The pip of the images; the build takes exactly this one. */
export const PIP_VERSION = '26.3';

/** Commands that make the application's environment. It is empty: pip is reached through a path file and a launcher. */
export function applicationCommands({ python, interpreter }: Distribution): readonly string[] {
  return [
    'umask 0002',
    `${interpreter} -m venv --without-pip ${APP_ROOT}`,
    // The first says "everything", and build tools look for it in the folders above a project; the second is for Windows.
    `rm -f ${APP_ROOT}/.gitignore ${APP_ROOT}/bin/Activate.ps1`,
    `echo ${PIP} > ${APP_ROOT}/lib/python${python}/site-packages/s2i-pip.pth`,
    `cp /usr/lib/s2i/launch-pip ${APP_ROOT}/bin/pip`,
    `ln -s pip ${APP_ROOT}/bin/pip3`,
    `ln -s pip ${APP_ROOT}/bin/pip${python}`,
    `mkdir -p ${HOME} ${APP_ROOT}/etc`,
    `chmod -R g+rwX ${APP_ROOT}`,
    `chown -R ${USER}:0 ${APP_ROOT}`,
  ];
}

/** Commands that take away what `prune` names. */
export function pruneCommands(prune: Distribution['prune'], root = ''): readonly string[] {
  const paths = Object.values(prune).flat();
  return paths.length === 0 ? [] : [`rm -rf ${paths.map((path) => `${root}${path}`).join(' ')}`];
}
