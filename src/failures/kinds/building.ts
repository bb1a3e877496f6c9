import type { End, TreeProblem } from '../../execute/effect.ts';
import type { Role, UsedLock } from '../../execute/plan.ts';
import type { ReadProblem } from '../../execute/reader.ts';

/** What can go wrong while assemble works. */
export type BuildingFailure =
  | { readonly kind: 'source-locked'; readonly path: string }
  | {
      readonly kind: 'tool-failed';
      readonly role: Role;
      readonly shown: string;
      readonly end: End;
      readonly lastLines: readonly string[];
      /** The lock it worked from. */
      readonly lock?: UsedLock;
    }
  | { readonly kind: 'tree-failed'; readonly role: Role; readonly problems: readonly TreeProblem[] }
  /** Files that assemble or its tools have written. */
  | { readonly kind: 'secret-written'; readonly files: readonly string[] }
  | { readonly kind: 'python-missing'; readonly program: string }
  | { readonly kind: 'venv-broken'; readonly path: string; readonly reason: string }
  | {
      readonly kind: 'ca-bundle';
      readonly path: string;
      readonly setting: string;
      readonly problem: ReadProblem | { readonly what: 'no-certificate' };
    };

export type ToolFailed = Extract<BuildingFailure, { kind: 'tool-failed' }>;
export type CaBundleFailure = Extract<BuildingFailure, { kind: 'ca-bundle' }>;
