import type { Instruction } from '../dockerfile/instruction.ts';
import type { Distribution } from '../spec/distribution.ts';

/** Name of the stage that ends with the archives of packaging tools in `/out`. */
export const TOOL_STAGE = 'tools';

/** Where the locks of the tools are, in the repository and in the context; `npm run images -- lock-tools` writes them. */
export const TOOL_LOCKS = 'images/build/tools';

/**
 * Packaging tools, in the versions that assemble would fetch where there are none, each as an archive that a build unpacks
 * into its temporary folder: docs/decisions/0011-tools-packed.md. The packages are those of the stage of the minimal image, so
 * that its layer serves both.
 */
export function toolStage({ minimal: { base, packageManager, packages }, interpreter }: Distribution): readonly Instruction[] {
  return [
    { do: 'from', image: base, as: TOOL_STAGE },
    { do: 'run', layer: '', commands: [...packageManager.refresh, packageManager.install(packages)] },
    { do: 'copy', layer: '', sources: ['images/build/pack-tools.py', `${TOOL_LOCKS}/`], to: '/locks/' },
    {
      do: 'run',
      layer: '',
      mounts: ['type=secret,id=ca.crt'],
      commands: [
        'if [ -r /run/secrets/ca.crt ]; then export PIP_CERT=/run/secrets/ca.crt; fi',
        `${interpreter} /locks/pack-tools.py /locks /out`,
      ],
    },
  ];
}
