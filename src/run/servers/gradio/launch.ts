import { nameOf, parentOf } from '../../../inspect/paths.ts';
import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { type PageScript, servingPages } from '../pages.ts';
import { servedIn } from '../serving.ts';
import { gradioEnvironment } from './options.ts';

/** TERM ends `launch()` as Ctrl-C does, which lets the requests end; Gradio has no handler of its own (V13). */
const STOP = 'import signal; signal.signal(signal.SIGTERM, signal.default_int_handler)';

/** A script that launches its pages is run; one that only makes them is imported, and they are launched. */
export function serveWithGradio(facts: RunFacts, script: PageScript): Verdict {
  const { file, variable } = script;
  const shared = servingPages(facts, script, 'gradio');
  const variables = gradioEnvironment(facts).set;
  if (variable === undefined) {
    const environment = { ...shared.environment, set: { ...shared.environment.set, ...variables } };
    return take({ ...shared, argv: ['python', file], environment, init: 'wanted' });
  }
  const folder = file.includes('/') ? { folder: parentOf(file) } : {};
  const module = nameOf(file).replace(/\.py$/, '');
  const environment = { set: { ...servedIn(facts, folder).set, ...variables }, unset: [] };
  const program = `${STOP}; from ${module} import ${variable}; ${variable}.launch()`;
  return take({ ...shared, argv: ['python', '-c', program], environment, init: 'own' });
}
