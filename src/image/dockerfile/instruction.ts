/** One instruction of a Dockerfile, as data. Nothing here needs a `# syntax` line or a heredoc. */
export type Instruction =
  | { readonly do: 'comment'; readonly text: string }
  | { readonly do: 'from'; readonly image: string; readonly as?: string }
  /** A choice of whoever builds, with its default. */
  | { readonly do: 'arg'; readonly name: string; readonly value: string }
  | { readonly do: 'env'; readonly variables: Readonly<Record<string, string>> }
  | { readonly do: 'label'; readonly labels: Readonly<Record<string, string>> }
  | Copy
  | Run
  | { readonly do: 'user'; readonly user: string }
  | { readonly do: 'workdir'; readonly path: string }
  | { readonly do: 'expose'; readonly port: number }
  | { readonly do: 'entrypoint' | 'cmd'; readonly argv: readonly string[] };

export interface Copy {
  readonly do: 'copy';
  readonly from?: string;
  readonly sources: readonly string[];
  readonly to: string;
  readonly owner?: string;
  /** What the layer holds, for tables of sizes. */
  readonly layer: string;
}

/** The commands run one after the other in one layer; the first that fails ends the build. */
export interface Run {
  readonly do: 'run';
  readonly commands: readonly string[];
  readonly mounts?: readonly string[];
  readonly layer: string;
}

/** What the layers above the base hold, in order: those of the last stage. */
export function layersOf(instructions: readonly Instruction[]): readonly string[] {
  const last = instructions.findLastIndex((instruction) => instruction.do === 'from');
  return instructions
    .slice(last)
    .flatMap((instruction) => (instruction.do === 'copy' || instruction.do === 'run' ? [instruction.layer] : []));
}
