import type { RunFacts } from '../../facts.ts';
import { take, type Verdict } from '../../verdict.ts';
import { type PageScript, servingPages } from '../pages.ts';
import { portOf } from '../port.ts';
import { STREAMLIT_OPTIONS, type StreamlitOption } from './options.ts';

/**
 * Streamlit runs the script once for each visitor. What the user sets, by a variable or in config.toml, is left out: options
 * of the command line would come before it. PORT comes before config.toml.
 */
export function serveWithStreamlit(facts: RunFacts, script: PageScript): Verdict {
  const values: Readonly<Record<StreamlitOption, string | number>> = {
    'server.port': portOf(facts.settings),
    'server.address': '0.0.0.0',
    'server.headless': 'true',
    'server.fileWatcherType': 'none',
    'browser.gatherUsageStats': 'false',
  };
  const configured = (facts.serving?.pages.configured ?? []).filter(
    (option) => option !== 'server.port' || facts.settings.integer('PORT') === undefined,
  );
  const options = (Object.keys(STREAMLIT_OPTIONS) as StreamlitOption[]).filter(
    (option) => !configured.includes(option) && !facts.given.includes(STREAMLIT_OPTIONS[option]),
  );
  const { lines, ...shared } = servingPages(facts, script, 'streamlit');
  const obeyed = `.streamlit/config.toml is obeyed: it sets ${configured.join(', ')}.`;
  return take({
    ...shared,
    argv: ['streamlit', 'run', script.file, ...options.map((option) => `--${option}=${values[option]}`)],
    lines: [...lines, ...(configured.length === 0 ? [] : [{ level: 'info', text: obeyed } as const])],
    init: 'own',
  });
}
