import { fromFile } from '../../../inspect/fact.ts';
import type { RunFacts } from '../../facts.ts';
import { pass, take, type Verdict } from '../../verdict.ts';
import { listeningOn } from '../port.ts';

/** The one program that the project installs, when there is nothing else to start. */
export function consoleScript(facts: RunFacts): Verdict {
  const scripts = facts.serving?.sources.scripts ?? [];
  const [script] = scripts;
  if (script === undefined) return pass();
  const candidate = '[project.scripts]';
  const where = 'pyproject.toml';
  if (scripts.length > 1) {
    const names = scripts.map(({ name }) => name).join(', ');
    return pass({ candidate, where, reason: `it has several: ${names}` });
  }
  if (!script.installed)
    return pass({ candidate, where, reason: `${script.name} is not installed: the project is no package here` });
  return take({
    server: 'console-script',
    application: script.name,
    argv: [script.name],
    environment: listeningOn(facts),
    lines: [{ level: 'step', text: `Running ${script.name} of the project ...` }],
    why: `it is the only program in [project.scripts], and nothing else can be started`,
    because: [fromFile('pyproject.toml', '[project.scripts]')],
    migrates: 'no',
    init: 'wanted',
    uses: [],
  });
}
