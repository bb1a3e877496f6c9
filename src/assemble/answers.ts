import type { Interpreter, StampedPackage } from './saved/stamp.ts';

/** How a Django project uses static files, as its settings say. */
export type DjangoStatic = 'used' | 'not-installed' | 'no-root' | 'unknown';

/** What is asked after the dependencies are installed. Corpus cases carry these as recorded answers. */
export interface FinishAnswers {
  /** Present when Django is installed. */
  readonly django?: { readonly managePy: boolean; readonly staticFiles?: DjangoStatic };
  readonly interpreter: Interpreter;
  /** Distributions that came from an index, not from the source itself. */
  readonly packages: readonly StampedPackage[];
}
