import type { Instruction } from './instruction.ts';

/** The text of a Dockerfile. Continuation lines are indented; values are quoted where Dockerfile syntax needs it. */
export function renderDockerfile(instructions: readonly Instruction[]): string {
  return `${instructions.map(renderInstruction).join('\n')}\n`;
}

function renderInstruction(instruction: Instruction): string {
  switch (instruction.do) {
    case 'comment':
      return instruction.text === ''
        ? ''
        : instruction.text
            .split('\n')
            .map((line) => `# ${line}`)
            .join('\n');
    case 'from':
      return `FROM ${instruction.image}${instruction.as === undefined ? '' : ` AS ${instruction.as}`}`;
    case 'env':
      return `ENV ${pairs(instruction.variables)}`;
    case 'label':
      return `LABEL ${pairs(instruction.labels)}`;
    case 'copy':
      return renderCopy(instruction);
    case 'run':
      return `RUN ${[...(instruction.mounts ?? []).map((mount) => `--mount=${mount}`), instruction.commands.join(' \\\n && ')].join(' \\\n    ')}`;
    case 'user':
      return `USER ${instruction.user}`;
    case 'workdir':
      return `WORKDIR ${instruction.path}`;
    case 'expose':
      return `EXPOSE ${instruction.port}`;
    case 'entrypoint':
    case 'cmd':
      return `${instruction.do.toUpperCase()} ${JSON.stringify(instruction.argv).replaceAll(',', ', ')}`;
  }
}

function renderCopy({ from, sources, to, owner, mode }: Extract<Instruction, { do: 'copy' }>): string {
  const options = [
    from === undefined ? [] : `--from=${from}`,
    owner === undefined ? [] : `--chown=${owner}`,
    mode === undefined ? [] : `--chmod=${mode}`,
  ].flat();
  return ['COPY', ...options, ...sources, to].join(' ');
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
