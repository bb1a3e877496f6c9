import type { PageServer, SourceAnswer } from '../../inspect/applications/answer.ts';
import { definesApplication, gradioPage } from '../../inspect/applications/judge.ts';
import type { RunFacts } from '../facts.ts';
import { fail, pass, type Verdict } from '../verdict.ts';
import { GRADIO } from './gradio/server.ts';
import type { PageScript, PageServing } from './pages.ts';
import { STREAMLIT } from './streamlit/server.ts';

export const PAGE_SERVERS: Readonly<Record<PageServer, PageServing>> = { streamlit: STREAMLIT, gradio: GRADIO };

export function isPageServer(name: string | undefined): name is PageServer {
  return name === 'streamlit' || name === 'gradio';
}

/** The script that APP_SERVER=streamlit or gradio asks for: APP_FILE, or the first that is one. */
export function chosenPages(facts: RunFacts): Verdict {
  const server = facts.settings.text('APP_SERVER')?.value;
  if (!isPageServer(server) || facts.serving === undefined) return pass();
  if (!facts.serving.pages.servers.includes(server)) return fail({ kind: 'server-not-installed', server, requirement: server });
  const file = facts.settings.text('APP_FILE')?.value;
  if (file !== undefined && server === 'streamlit') return STREAMLIT.serve(facts, { file, why: 'APP_FILE names it' });
  const verdict = findPages(facts, [server]);
  return verdict.says === 'pass'
    ? { ...verdict, says: 'fail', failures: [{ kind: 'server-without-application', server }] }
    : verdict;
}

/** Where the incumbent starts nothing and no application is found: a script that makes pages. */
export function foundPages(facts: RunFacts): Verdict {
  const servers = facts.serving?.pages.servers ?? [];
  return servers.length === 0 || facts.settings.text('APP_SERVER') !== undefined ? pass() : findPages(facts, servers);
}

function findPages(facts: RunFacts, servers: readonly PageServer[]): Verdict {
  const { pages, sources } = facts.serving ?? { pages: { files: [] }, sources: { answer: undefined } };
  const candidate = `a script for ${servers.map((one) => PAGE_SERVERS[one].title).join(' or ')}`;
  const none = (reason: string) => pass({ candidate, where: facts.appHome.path, reason });
  if (pages.files.length === 0) return none('there is no app.py, main.py or streamlit_app.py');
  if (sources.answer === undefined) return { says: 'ask', question: { about: 'sources' }, rejected: [] };
  if (sources.answer.is === 'no-answer') return none(sources.answer.reason);
  for (const file of pages.files) {
    const found = scriptIn(file, sources.answer.files[file]);
    if (found !== undefined && servers.includes(found.server)) return PAGE_SERVERS[found.server].serve(facts, found.script);
  }
  return none(`${pages.files.join(', ')}: none is one`);
}

function scriptIn(
  file: string,
  answer: SourceAnswer | undefined,
): { readonly server: PageServer; readonly script: PageScript } | undefined {
  if (answer === undefined || 'problem' in answer || answer.page === undefined || definesApplication(answer)) return undefined;
  const { of: server, starts } = answer.page;
  const { title } = PAGE_SERVERS[server];
  if (server === 'streamlit') {
    return starts ? undefined : { server, script: { file, why: `${file} makes pages with ${title}` } };
  }
  if (starts) return { server, script: { file, why: `${file} makes pages with ${title} and launches them` } };
  const page = gradioPage(answer);
  const variable = page?.name;
  if (variable === undefined) return undefined;
  return {
    server,
    script: { file, variable, why: `${file} makes ${variable} with ${title} in line ${page?.line} and does not launch it` },
  };
}
