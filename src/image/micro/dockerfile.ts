import { pruneCommands } from '../application.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import { endingOf } from '../ending.ts';
import { COPY_HOOKS, linkCommands } from '../native/hooks.ts';
import { APP_ROOT, type BuildFacts, environment, HOME, USER } from '../spec/contract.ts';
import { type Distribution, type MicroParts, ROOT } from '../spec/distribution.ts';

const HEAD = `Rendered from src/image by \`npm run images -- render\`; change it there. \`npm run images -- build\` builds it.
Stages: the hooks, compiled; the root, laid file by file; the image.`;

/** The Dockerfile of the micro image of a distribution that has one: the root and the native hooks, on nothing. */
export function microDockerfile(
  distribution: Distribution & { readonly micro: MicroParts },
  version: string,
  native: readonly Instruction[],
  build?: BuildFacts,
): readonly Instruction[] {
  return [
    { do: 'comment', text: HEAD },
    { do: 'comment', text: '' },
    ...native,
    { do: 'comment', text: '' },
    ...root(distribution),
    { do: 'comment', text: '' },
    { do: 'from', image: 'scratch' },
    { do: 'copy', layer: `Python ${distribution.python} and what it needs`, from: 'root', sources: [`${ROOT}/`], to: '/' },
    COPY_HOOKS,
    { do: 'env', variables: environment(distribution, 'micro') },
    ...endingOf(distribution, 'micro', version, build),
  ];
}

function root(distribution: Distribution & { readonly micro: MicroParts }): readonly Instruction[] {
  const { base, packageManager, micro, python } = distribution;
  return [
    { do: 'from', image: base, as: 'root' },
    {
      do: 'run',
      layer: '',
      commands: [
        ...packageManager.refresh,
        packageManager.install(micro.tools),
        ...micro.lay(Object.values(micro.packages).flat()),
      ],
    },
    {
      do: 'run',
      layer: '',
      commands: [
        ...pruneCommands(micro.prune, `${ROOT}/`),
        ...micro.add,
        ...linkCommands(ROOT),
        `ln -s python${python} ${ROOT}/usr/bin/python3`,
        `ln -s python3 ${ROOT}/usr/bin/python`,
        ...userCommands(),
        // Nobody can write there to do it later; by contents, so that the files are the same each time.
        `chroot ${ROOT} /usr/bin/python3 -S -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python${python}`,
      ],
    },
  ];
}

/** Users, the folders that a container fills, and the application's, which every user of group 0 may write. */
function userCommands(): readonly string[] {
  const users = [
    'root:x:0:0:root:/root:/usr/sbin/nologin',
    `default:x:${USER}:0:Default Application User:${HOME}:/usr/sbin/nologin`,
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  ];
  const lines = (texts: readonly string[]) => `printf '%s\\n' ${texts.map((text) => `'${text}'`).join(' ')}`;
  return [
    `${lines(users)} > ${ROOT}/etc/passwd`,
    `${lines(['root:x:0:', 'nogroup:x:65534:'])} > ${ROOT}/etc/group`,
    `mkdir -p ${ROOT}/tmp ${ROOT}/run ${ROOT}/proc ${ROOT}/sys ${ROOT}/dev ${ROOT}${HOME} ${ROOT}${APP_ROOT}/etc`,
    `chmod 1777 ${ROOT}/tmp`,
    `chmod -R g+rwX ${ROOT}${APP_ROOT}`,
    `chown -R ${USER}:0 ${ROOT}${APP_ROOT}`,
  ];
}
