import type { Step } from '../execute/plan.ts';
import type { Notice } from '../failures/notice.ts';
import { fromEnvironment, type Source } from '../inspect/fact.ts';
import { join } from '../inspect/paths.ts';
import type { DjangoStatic, FinishAnswers } from './answers.ts';
import type { AssembleFacts } from './facts.ts';
import { runIn } from './steps.ts';

export interface CollectStatic {
  readonly notices: readonly Notice[];
  readonly steps: readonly Step[];
}

const DJANGO: Source = { from: 'installed', distribution: 'Django' };

/** collectstatic once, shown, failing the build (B34 bettered); skipped, with the reason, where it has nothing to do. */
export function planCollectStatic(facts: AssembleFacts, answers: FinishAnswers): CollectStatic {
  if (answers.django === undefined) return { notices: [], steps: [] };
  const disabled = facts.settings.on('DISABLE_COLLECTSTATIC');
  if (disabled.value) return { notices: [skipped('DISABLE_COLLECTSTATIC is set', 'info')], steps: [] };
  const reason = whyNot(answers.django);
  if (reason !== undefined) return { notices: [reason], steps: [] };
  return { notices: [], steps: [collectStep(facts)] };
}

function whyNot({ managePy, staticFiles }: NonNullable<FinishAnswers['django']>): Notice | undefined {
  if (!managePy) {
    const text = "seems that you're using Django, but we could not find a 'manage.py' file.\n'manage.py collectstatic' ignored.";
    return { kind: 'text', level: 'warning', text };
  }
  return staticFiles === undefined ? undefined : REASONS[staticFiles]();
}

const REASONS: Readonly<Record<DjangoStatic, () => Notice | undefined>> = {
  used: () => undefined,
  // The settings could not be asked: collectstatic itself then shows why, with its traceback.
  unknown: () => undefined,
  'not-installed': () => skipped('django.contrib.staticfiles is not in INSTALLED_APPS', 'info'),
  'no-root': () => skipped('STATIC_ROOT is not set, so there is no folder to collect into', 'warning'),
};

function skipped(reason: string, level: 'info' | 'warning'): Notice {
  return { kind: 'text', level, text: `'manage.py collectstatic' is left out: ${reason}.` };
}

function collectStep(facts: AssembleFacts): Step {
  const { appRoot, appHome } = facts.places;
  const effect = runIn(facts, appHome, [join(appRoot, 'bin/python'), './manage.py', 'collectstatic', '--noinput']);
  const mode = facts.settings.text('S2I_COLLECTSTATIC');
  return {
    id: 'collect-static',
    title: 'Collecting Django static files ...',
    why: 'Django is installed and django.contrib.staticfiles is used',
    because: mode === undefined ? [DJANGO] : [DJANGO, fromEnvironment('S2I_COLLECTSTATIC')],
    effect: { ...effect, command: { ...effect.command, environment: withPythonPath(facts) } },
    onFailure:
      mode?.value === 'warn'
        ? { do: 'warn', notice: { kind: 'text', level: 'warning', text: WARN } }
        : { do: 'fail', role: 'collect-static' },
  };
}

const WARN =
  "'manage.py collectstatic' failed, and the build goes on because S2I_COLLECTSTATIC=warn is set: the static files are missing or incomplete.";

/** PYTHONPATH begins with the source's root, really exported (B36). */
export function withPythonPath(facts: AssembleFacts): AssembleFacts['environment'] {
  const { environment, places, pythonPath } = facts;
  const path = pythonPath === '' ? places.home : `${places.home}:${pythonPath}`;
  return { ...environment, set: { ...environment.set, PYTHONPATH: path } };
}
