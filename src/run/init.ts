import type { RunFacts } from './facts.ts';
import type { Line } from './launch.ts';

export interface Init {
  /** Words before the command. */
  readonly argv: readonly string[];
  readonly lines: readonly Line[];
}

const NONE: Init = { argv: [], lines: [] };

/**
 * An init for what does not handle signals and orphans itself (B64, B92-B97 bettered): as process 1 a program without a
 * handler does not hear SIGTERM. ENABLE_INIT_WRAPPER forces it, S2I_INIT=off is the incumbent's bare exec.
 */
export function planInit({ settings, init }: RunFacts): Init {
  const forced = settings.on('ENABLE_INIT_WRAPPER').value;
  const mode = forced ? 'on' : (settings.text('S2I_INIT')?.value ?? 'auto');
  if (mode === 'off' || (mode === 'auto' && !init.isProcessOne)) return NONE;
  if (init.program === undefined) {
    const text =
      'No init: neither init-wrapper nor tini is installed. The program must handle SIGTERM itself, or it is killed after the grace period.';
    return { argv: [], lines: [{ level: forced || mode === 'on' ? 'warning' : 'info', text }] };
  }
  const why = forced ? 'ENABLE_INIT_WRAPPER' : mode === 'on' ? 'S2I_INIT=on' : 'this is process 1';
  const { name, path } = init.program;
  // Elsewhere than as process 1, orphans come only to a process that asks for them; init-wrapper always does.
  const argv = init.isProcessOne || name === 'init-wrapper' ? [path, '--'] : [path, '-s', '--'];
  return { argv, lines: [{ level: 'info', text: `Init: ${name} (${why}).` }] };
}
