import type { Copy, Instruction, Run } from './instruction.ts';

/** The text of a Dockerfile. Continuation lines are indented; values are quoted where Dockerfile syntax needs it. */
export function renderDockerfile(instructions: readonly Instruction[]): string {
  return `${instructions.map(renderInstruction).join('\n')}\n`;
}

function renderInstruction(instruction: Instruction): string {
  switch (instruction.do) {
    case 'comment':
      return renderComment(instruction.text);
    case 'from':
      return `FROM ${instruction.image}${instruction.as === undefined ? '' : ` AS ${instruction.as}`}`;
    case 'arg':
      return `ARG ${instruction.name}=${quote(instruction.value)}`;
    case 'env':
      return `ENV ${pairs(instruction.variables)}`;
    case 'label':
      return `LABEL ${pairs(instruction.labels)}`;
    case 'copy':
      return renderCopy(instruction);
    case 'run':
      return renderRun(instruction);
    case 'user':
      return `USER ${instruction.user}`;
    case 'workdir':
      return `WORKDIR ${instruction.path}`;
    case 'expose':
      return `EXPOSE ${instruction.port}`;
    case 'entrypoint':
    case 'cmd':
      return `${instruction.do.toUpperCase()} [${instruction.argv.map((word) => JSON.stringify(word)).join(', ')}]`;
  }
}

/** Without text, an empty line. */
function renderComment(text: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n');
}

function renderCopy({ from, sources, to, owner }: Copy): string {
  const options = [from === undefined ? [] : `--from=${from}`, owner === undefined ? [] : `--chown=${owner}`].flat();
  return ['COPY', ...options, ...sources, to].join(' ');
}

function renderRun({ commands, mounts = [] }: Run): string {
  return `RUN ${[...mounts.map((mount) => `--mount=${mount}`), commands.join(' \\\n && ')].join(' \\\n    ')}`;
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quote(value)}`)
    .join(' \\\n    ');
}

/** Plain words stay plain; everything else is quoted, with what Dockerfile would expand escaped. */
function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `"${value.replace(/[\\"$]/g, '\\$&')}"`;
}
