import type { ReadProblem } from '../../execute/reader.ts';

/** What can be wrong with a file that names dependencies. */
export type ManifestFailure =
  | { readonly kind: 'manifest-unreadable'; readonly file: string; readonly problem: ReadProblem }
  | {
      readonly kind: 'manifest-syntax';
      readonly file: string;
      readonly format: 'TOML' | 'JSON' | 'INI';
      readonly line?: number;
      readonly column?: number;
      /** The line that is quoted; empty at the end of the file. */
      readonly near?: string;
      /** The parser's reason. */
      readonly reason?: string;
      /** The program that writes such a file, when people do not. */
      readonly writtenBy?: string;
    }
  | { readonly kind: 'manifest-bom'; readonly file: string; readonly reader: string }
  | { readonly kind: 'manifest-nesting'; readonly file: string; readonly limit: number }
  | {
      readonly kind: 'manifest-shape';
      readonly file: string;
      readonly key: string;
      readonly found: string;
      readonly expected: string;
      readonly write?: string;
      readonly writtenBy?: string;
    }
  | { readonly kind: 'setup-cfg-alone'; readonly file: string }
  | {
      readonly kind: 'requirement-file-missing';
      readonly file: string;
      readonly line: number;
      readonly option: string;
      readonly target: string;
      /** Files that could have been meant. */
      readonly similar: readonly string[];
    }
  /** Only what manifests name was to be installed. */
  | { readonly kind: 'nothing-to-install'; readonly path: string }
  | { readonly kind: 'requirement-file-circular'; readonly file: string; readonly line: number; readonly target: string };
