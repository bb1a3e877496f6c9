import type { HostName } from '../src/hosts/capabilities.ts';
import type { Root } from './root/overlay.ts';

/** What is to be measured, and with what. */
export interface Job {
  /** An empty folder for the roots. */
  readonly folder: string;
  readonly project: string;
  /** Folder of the bundled hooks. */
  readonly bundles: string;
  readonly baseline?: string;
  /** The native executable; absent where no row needs it. */
  readonly native?: string;
  readonly rounds: number;
  /** Rows to measure; all when empty. */
  readonly only: readonly string[];
}

/** Whose hooks a root has. */
export interface Contender {
  readonly name: HostName | 'baseline';
  readonly root: Root;
}

/** What a row has to measure with. */
export interface Bench {
  readonly job: Job;
  readonly contenders: readonly Contender[];
}
