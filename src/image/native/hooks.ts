import type { Instruction } from '../dockerfile/instruction.ts';
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

/** The last layer of an image: all of its hooks. */
export const COPY_HOOKS: Instruction = {
  do: 'copy',
  layer: 'hooks',
  from: STAGE,
  owner: '0:0',
  sources: ['/s2i-python'],
  to: NATIVE_PROGRAM,
};
