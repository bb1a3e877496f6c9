import { cgroupLimits as limitLines } from '../../../inspect/limits/lines.ts';
import { readRawEnvironment } from '../environment.ts';
import { createReader } from '../reader.ts';
import { type Command, complain, print } from './command.ts';

export const cgroupLimits: Command = {
  name: 'cgroup-limits',
  does: 'print the limits of memory and processors as NAME=VALUE',
  run: () => {
    const { lines, warnings } = limitLines(createReader(readRawEnvironment()), '/');
    for (const warning of warnings) complain(`${warning}\n`);
    print(lines.map((line) => `${line}\n`).join(''));
    return 0;
  },
};
