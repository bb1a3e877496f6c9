import type { Command, EnvironmentPatch } from '../execute/effect.ts';
import type { Plan } from '../execute/plan.ts';
import type { Failure } from '../failures/failure.ts';
import { strictFailures } from '../failures/strict.ts';
import { askAboutSources } from '../inspect/applications/answer.ts';
import { couldStart } from './could-start.ts';
import type { RunFacts } from './facts.ts';
import { planInit } from './init.ts';
import type { Launch, Line, Rejected } from './launch.ts';
import { planPreparation } from './migrate/plan.ts';
import { preRunFailures, withPreRun } from './pre-run.ts';
import { found, named } from './servers/candidate.ts';
import { runserver } from './servers/django/candidate.ts';
import { lastConfiguration, shortcut } from './servers/gunicorn/candidate.ts';
import { chosenPages, foundPages } from './servers/page-servers.ts';
import { chosenProcess, webProcess } from './servers/process/candidate.ts';
import { consoleScript } from './servers/process/console-script.ts';
import { pythonScript, script } from './servers/script/candidate.ts';
import { type PasswdFile, planUser } from './user.ts';
import { type Candidate, type Draft, fail, pass, type Question } from './verdict.ts';

/** What run does. JSON only. */
export type RunDecision =
  | {
      readonly kind: 'launch';
      /** What runs before it. */
      readonly plan: Plan;
      readonly launch: Launch;
      /** To be written before anything runs, where it can be. */
      readonly passwd?: PasswdFile;
      readonly rejected: readonly Rejected[];
    }
  | { readonly kind: 'failed'; readonly failures: readonly Failure[]; readonly rejected: readonly Rejected[] }
  /** The answer has to be put into the facts first. */
  | {
      readonly kind: 'question';
      readonly about: Question['about'];
      readonly command: Command;
      readonly rejected: readonly Rejected[];
    };

/** The ways to start, in the order in which they are looked at (B50). */
const CANDIDATES: readonly Candidate[] = [
  chosenProcess,
  shortcut,
  appHome,
  script,
  pythonScript,
  chosenPages,
  named,
  webProcess,
  found,
  foundPages,
  runserver,
  lastConfiguration,
  consoleScript,
];

/** Seconds that setup.py gets to say its name. */
const PATIENCE = 60;

/** Chooses the launch. Pure: the same facts give the same decision. */
export function planRun(facts: RunFacts): RunDecision {
  const rejected: Rejected[] = [];
  for (const [at, candidate] of CANDIDATES.entries()) {
    const verdict = candidate(facts);
    rejected.push(...verdict.rejected);
    if (verdict.says === 'take') return decide(facts, verdict.draft, [...rejected, ...later(facts, at, verdict.draft)]);
    if (verdict.says === 'fail') return { kind: 'failed', failures: [...usedWrongly(facts, []), ...verdict.failures], rejected };
    if (verdict.says === 'ask') return ask(facts, verdict.question, rejected);
  }
  const { frameworks = [], pythonFiles = [] } = facts.serving ?? {};
  const directory = facts.appHome.path;
  const failure: Failure = { kind: 'no-launch', directory, rejected, frameworks, pythonFiles, ...couldStart(facts) };
  return { kind: 'failed', failures: [...usedWrongly(facts, []), failure], rejected };
}

/** The next way that would have started something, where its facts were read: app.py hides a wsgi.py, for example. */
function later(facts: RunFacts, chosen: number, { application }: Draft): readonly Rejected[] {
  if (facts.serving === undefined || chosen >= CANDIDATES.indexOf(named)) return [];
  for (const candidate of CANDIDATES.slice(chosen + 1)) {
    const verdict = candidate(facts);
    if (verdict.says !== 'take') continue;
    const { server, application: other } = verdict.draft;
    const name = server === 'script' || server === 'python-script' ? other : `${server} (${other})`;
    return [{ candidate: name, where: facts.appHome.path, reason: `${application} comes first` }];
  }
  return [];
}

/** B42. */
function appHome({ appHome: { value, path, exists, similar } }: RunFacts): ReturnType<Candidate> {
  return exists ? pass() : fail({ kind: 'app-home-missing', value, path, ...(similar.length === 0 ? {} : { similar }) });
}

function decide(facts: RunFacts, draft: Draft, rejected: readonly Rejected[]): RunDecision {
  const failures = [...usedWrongly(facts, draft.uses), ...strict(facts, draft), ...preRunFailures(facts)];
  if (failures.length > 0) return { kind: 'failed', failures, rejected };
  const user = planUser(facts);
  const environment = merged(facts.environment, { set: user.environment, unset: [] });
  const { migrates, init: handling, uses: _, ...launch } = draft;
  const init = handling === 'wanted' ? planInit(facts) : { argv: [], lines: [] };
  const [program, ...words] = [...init.argv, ...launch.argv];
  return {
    kind: 'launch',
    plan: withPreRun(planPreparation(facts, environment, { migrates, application: launch.application }), facts, environment),
    launch: {
      ...launch,
      argv: [program ?? launch.argv[0], ...words],
      directory: launch.directory ?? facts.appHome.path,
      environment: merged(environment, launch.environment),
      lines: [...launch.lines, ...init.lines, ...unusedServer(facts, draft)],
    },
    ...(user.passwd === undefined ? {} : { passwd: user.passwd }),
    rejected,
  };
}

/** Under S2I_STRICT what is certainly wrong ends the hook. The development server is only not recommended. */
function strict({ settings }: RunFacts, { server, lines }: Draft): readonly Failure[] {
  if (!settings.on('S2I_STRICT').value || server === 'django-runserver') return [];
  return strictFailures(lines.map(({ level, text }) => ({ kind: 'text', level: level === 'warning' ? level : 'info', text })));
}

function unusedServer({ settings }: RunFacts, { server, application }: Draft): readonly Line[] {
  const wanted = settings.text('APP_SERVER')?.value;
  if (wanted === undefined || wanted === server) return [];
  return [{ level: 'info', text: `APP_SERVER is not used: ${application} comes first.` }];
}

/** Wrong values of our own settings always count; the others only where the launch uses them, as upstream has it. */
export function usedWrongly({ settingFailures }: RunFacts, uses: Draft['uses']): readonly Failure[] {
  return settingFailures.filter(
    (failure) =>
      failure.kind !== 'setting-value' || /^S2I_|^APP_/.test(failure.setting) || uses.some((name) => name === failure.setting),
  );
}

function merged(one: EnvironmentPatch, two: EnvironmentPatch): EnvironmentPatch {
  return { set: { ...one.set, ...two.set }, unset: [...one.unset, ...two.unset] };
}

function ask(facts: RunFacts, question: Question, rejected: readonly Rejected[]): RunDecision {
  const command = question.about === 'setup' ? askSetup(facts, question.setup) : askSources(facts);
  return { kind: 'question', about: question.about, command, rejected };
}

function askSetup(facts: RunFacts, setup: string): Command {
  return {
    argv: ['python', setup, '--name'],
    directory: facts.appHome.path,
    environment: facts.environment,
    output: 'keep',
    timeLimit: PATIENCE,
  };
}

/** One question about every file that could matter. */
function askSources({ serving, appHome, environment }: RunFacts): Command {
  const { roots, files } = serving?.sources ?? { roots: [appHome.path], files: [] };
  const pages = serving?.pages.files ?? [];
  const own = serving?.named === undefined ? [] : [serving.named.file];
  const all = [...new Set([...own, ...files.map(({ file }) => file), ...pages])];
  return askAboutSources('python', appHome.path, roots, all, environment);
}
