import { TOOLS_FOLDER } from '../../assemble/installers/pinned.ts';
import { applicationCommands, PIP_VERSION, pruneCommands } from '../application.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import { endingOf } from '../ending.ts';
import { COPY_HOOKS, choiceCommands, HOOKS_ARGUMENT } from '../native/hooks.ts';
import { nativeStages } from '../native/stage.ts';
import { APP_ROOT, type BuildFacts, environment, HOME, HOOKS, PIP } from '../spec/contract.ts';
import type { Distribution } from '../spec/distribution.ts';
import { TOOL_STAGE, toolStage } from './tools.ts';

/** The Node that `node:24-…` images bring, as NODEJS_VER says it (B4). */
const NODE_VERSION = '24';

const NPM = '/usr/local/lib/node_modules/npm';

const HEAD = `Rendered from src/image by \`npm run images -- render\`; change it there. \`npm run images -- build\` builds it
with a context of s2i/bin, images/root, src/hosts/native/c, and dist/hooks and dist/native, which \`npm run build\` makes.`;

/**
 * The Dockerfile of the full image. What changes least comes first: packages, Node, pip with the empty environment, the
 * hooks. Nothing is written by one layer and changed by another. `version` is this product's; the facts of a build are left
 * out of what is committed.
 */
export function fullDockerfile(distribution: Distribution, version: string, build?: BuildFacts): readonly Instruction[] {
  return [
    { do: 'comment', text: HEAD },
    { do: 'comment', text: '' },
    { do: 'from', image: distribution.node, as: 'node' },
    { do: 'run', layer: 'Node', commands: [`rm -rf ${NPM}/docs ${NPM}/man`] },
    { do: 'comment', text: '' },
    ...nativeStages(),
    { do: 'comment', text: '' },
    ...toolStage(distribution),
    { do: 'comment', text: '' },
    { do: 'from', image: distribution.base },
    ...files(distribution),
    ...endingOf(distribution, 'full', version, build),
  ];
}

function files(distribution: Distribution): readonly Instruction[] {
  const { python } = distribution;
  return [
    { do: 'run', layer: 'packages', commands: systemCommands(distribution) },
    ...['/usr/local/bin/node', NPM].map(
      (path) =>
        ({ do: 'copy', layer: path === NPM ? 'npm' : 'Node', from: 'node', owner: '0:0', sources: [path], to: path }) as const,
    ),
    { do: 'copy', layer: 'images/root', sources: ['images/root/'], to: '/' },
    { do: 'env', variables: { ...environment(distribution, 'full'), NODEJS_VER: NODE_VERSION } },
    {
      do: 'comment',
      text: `pip is installed once, outside of ${APP_ROOT}. A secret "ca.crt" holds the certificates to fetch it with, where\nthe build needs others than the system's.`,
    },
    { do: 'run', layer: 'pip', mounts: ['type=secret,id=ca.crt'], commands: pipCommands(distribution) },
    {
      do: 'copy',
      layer: 'uv, Poetry, PDM and Pipenv, packed',
      from: TOOL_STAGE,
      owner: '0:0',
      sources: ['/out/'],
      to: `${TOOLS_FOLDER}/`,
    },
    { do: 'run', layer: `empty environment of Python ${python}`, commands: applicationCommands(distribution) },
    { do: 'copy', layer: 'hooks', sources: ['s2i/bin/'], to: `${HOOKS}/` },
    { do: 'copy', layer: 'bundles of the hooks', sources: ['dist/hooks/'], to: `${HOOKS}/lib/` },
    { do: 'run', layer: 'bundles, compiled', commands: [`node ${HOOKS}/lib/compile.cjs`] },
    { ...COPY_HOOKS, layer: 'native executable' },
    { do: 'comment', text: 'Both kinds of hooks are there. "native" makes those of the executable the ones that are called.' },
    { do: 'arg', name: HOOKS_ARGUMENT, value: 'node' },
    { do: 'run', layer: 'names of the executable', commands: choiceCommands() },
  ];
}

function systemCommands({ packageManager, packages, locale, prune }: Distribution): readonly string[] {
  return [
    ...packageManager.refresh,
    packageManager.install(Object.values(packages).flat()),
    ...locale,
    packageManager.addUser(HOME),
    ...pruneCommands(prune),
    ...packageManager.clean,
  ];
}

/** Compiled by contents, not by time: nobody can write there to do it later, and the files are the same each time. */
function pipCommands({ interpreter }: Distribution): readonly string[] {
  return [
    'if [ -r /run/secrets/ca.crt ]; then export PIP_CERT=/run/secrets/ca.crt; fi',
    `${interpreter} -m venv /tmp/pip`,
    `/tmp/pip/bin/pip install --no-cache-dir --no-compile --target ${PIP} pip==${PIP_VERSION}`,
    // Its launchers stand in the environment; those for Windows nowhere.
    `rm -rf /tmp/pip ${PIP}/bin ${PIP}/pip/_vendor/distlib/*.exe`,
    `${interpreter} -m compileall -q --invalidation-mode unchecked-hash ${PIP}`,
  ];
}
