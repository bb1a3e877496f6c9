/** One instruction of a Dockerfile, as data. Nothing here needs a `# syntax` line or a heredoc. */
export type Instruction =
  | { readonly do: 'comment'; readonly text: string }
  | { readonly do: 'from'; readonly image: string; readonly as?: string }
  | { readonly do: 'env'; readonly variables: Readonly<Record<string, string>> }
  | { readonly do: 'label'; readonly labels: Readonly<Record<string, string>> }
  | {
      readonly do: 'copy';
      readonly from?: string;
      readonly sources: readonly string[];
      readonly to: string;
      readonly owner?: string;
      readonly mode?: string;
    }
  /** The commands run one after the other in one layer; the first that fails ends the build. */
  | { readonly do: 'run'; readonly commands: readonly string[]; readonly mounts?: readonly string[] }
  | { readonly do: 'user'; readonly user: string }
  | { readonly do: 'workdir'; readonly path: string }
  | { readonly do: 'expose'; readonly port: number }
  | { readonly do: 'entrypoint' | 'cmd'; readonly argv: readonly string[] };
