import type { Notice } from '../failures/notice.ts';
import type { Source } from '../inspect/fact.ts';
import type { HookName } from '../inspect/user-hooks.ts';
import type { Effect } from './effect.ts';

/** The ordered steps of one stage of a hook. JSON only: no functions, dates or absent values. */
export interface Plan {
  readonly format: 1;
  readonly stage: 'install' | 'finish' | 'prepare';
  readonly notices: readonly Notice[];
  readonly steps: readonly Step[];
}

/** Stands in a plan for the temporary folder of the hook, which exists only while it runs. */
export const TEMPORARY = '@temporary@';

/** One effect, with the reason it stands in the plan. */
export interface Step {
  /** Stable name, unique in the plan. */
  readonly id: string;
  /** Printed as `---> title` before the effect. */
  readonly title?: string;
  readonly why: string;
  readonly because: readonly Source[];
  readonly effect: Effect;
  readonly onFailure: OnFailure;
}

/** What a failing effect means. Decided by the planner; the executor only obeys. */
export type OnFailure =
  /** The hook fails with the tool's own status; `role` chooses the words. */
  | { readonly do: 'fail'; readonly role: Role; readonly lock?: UsedLock }
  /** A second way is tried after the notice; it fails as `role`. */
  | { readonly do: 'retry'; readonly notice: Notice; readonly effect: Effect; readonly role: Role; readonly lock?: UsedLock }
  /** The notice is printed and the hook goes on. */
  | { readonly do: 'warn'; readonly notice: Notice };

/** What a step was for, in the eyes of the person who reads its failure. */
export type Role =
  /** A program of the project's own. */
  | HookName
  | 'create-venv'
  | 'import-sources'
  | 'restore-artifacts'
  | 'upgrade-pip'
  | 'install-tool'
  | 'fetch-tool'
  | 'unpack-tool'
  | 'check-lock'
  | 'read-lock'
  | 'install-dependencies'
  | 'check-dependencies'
  | 'install-application'
  | 'reconcile'
  | 'collect-static'
  | 'normalise'
  | 'write-record'
  | 'write-passwd'
  | 'migrate'
  | 'make-temporary'
  | 'archive';

/** The lock that a step works from: its failures say how to renew it. */
export interface UsedLock {
  readonly file: string;
  /** The command that writes it. */
  readonly renew: string;
}
