import type { Copy } from '../dockerfile/instruction.ts';
import { HOOKS, NATIVE_HOOKS, NATIVE_PROGRAM, PROGRAMS } from '../spec/contract.ts';

/** Name of the stage that ends with the native executable as `/s2i-python`. */
export const STAGE = 'native';

/** Commands that make a link for each name of the native executable, below another root or not. */
export function linkCommands(root = ''): readonly string[] {
  return [
    `mkdir -p ${root}${HOOKS}`,
    `for name in ${NATIVE_HOOKS.join(' ')}; do ln -s s2i-python ${root}${HOOKS}/$name; done`,
    `for name in ${PROGRAMS.join(' ')}; do ln -s ../libexec/s2i/$name ${root}/usr/bin/$name; done`,
  ];
}

/** The hooks that the full image has for Node too. */
const OF_NODE = ['assemble', 'run', 'migrate', 'usage', 'save-artifacts', 'fix-permissions'];

/** Names that only the native executable has. */
const ALWAYS = NATIVE_HOOKS.filter((name) => !OF_NODE.includes(name) && name !== 'container-entrypoint');

/** The argument of the full image's build that chooses between its hooks. */
export const HOOKS_ARGUMENT = 'S2I_HOOKS';

/** Commands that make the links of the full image: what only the executable has, and by choice the hooks themselves. */
export function choiceCommands(): readonly string[] {
  const programs = PROGRAMS.filter((name) => (ALWAYS as readonly string[]).includes(name));
  return [
    `for name in ${ALWAYS.join(' ')}; do ln -s s2i-python ${HOOKS}/$name; done`,
    `for name in ${programs.join(' ')}; do ln -s ../libexec/s2i/$name /usr/bin/$name; done`,
    `case $${HOOKS_ARGUMENT} in \\
      node) ;; \\
      native) for name in ${[...OF_NODE, 'container-entrypoint'].join(' ')}; do ln -sf s2i-python ${HOOKS}/$name; done \\
        && ln -sf ../libexec/s2i/container-entrypoint /usr/bin/container-entrypoint ;; \\
      *) echo "ERROR: ${HOOKS_ARGUMENT} is node or native, not $${HOOKS_ARGUMENT}" >&2; exit 1 ;; \\
    esac`,
  ];
}

/** The last layer of an image: all of its hooks. */
export const COPY_HOOKS: Copy = {
  do: 'copy',
  layer: 'hooks',
  from: STAGE,
  owner: '0:0',
  sources: ['/s2i-python'],
  to: NATIVE_PROGRAM,
};
