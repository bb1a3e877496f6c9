import { ask, type Program, Stopped } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { type Installed, readInstalled, versionOf } from '../inspect/installed.ts';
import { join, nameOf, parentOf } from '../inspect/paths.ts';
import { findSimilar } from '../inspect/similar.ts';
import type { DjangoStatic, FinishAnswers } from './answers.ts';
import { withPythonPath } from './collect-static.ts';
import type { AssembleFacts } from './facts.ts';
import { readInterpreter } from './saved/interpreter.ts';
import { isLocal } from './saved/local.ts';
import type { Interpreter, StampedPackage } from './saved/stamp.ts';

const WHO_ARE_YOU =
  "import sys, sysconfig; v = sys.version_info; print('%d.%d' % (v[0], v[1])); " +
  "print(sysconfig.get_config_var('SOABI') or sys.implementation.cache_tag + '-' + sysconfig.get_platform())";

/** Asks the environment's interpreter what it is, if its files do not tell: what decides whether compiled files fit. */
export function* askInterpreter(reader: Reader, facts: AssembleFacts): Program<Interpreter> {
  const known = readInterpreter(reader, facts.places.appRoot);
  if (known !== undefined) return known;
  const python = join(facts.places.appRoot, 'bin/python');
  const { stdout } = yield* ask({
    argv: [python, '-I', '-S', '-c', WHO_ARE_YOU],
    directory: '/',
    environment: facts.environment,
    output: 'keep',
  });
  const [version, abi] = stdout.trim().split('\n');
  return { python: version ?? 'unknown', abi: abi ?? 'unknown' };
}

/** Asks everything that the finish plan depends on. */
export function* askFinish(reader: Reader, facts: AssembleFacts, interpreter: Interpreter): Program<FinishAnswers> {
  const installed = readInstalled(reader, facts.places.appRoot);
  const answers = { interpreter, packages: listPackages(reader, installed) };
  if (versionOf(installed, 'django') === undefined) return answers;
  const disabled = facts.settings.on('DISABLE_COLLECTSTATIC').value;
  if (!disabled) requireAppHome(reader, facts);
  const managePy = reader.stat(join(facts.places.appHome, 'manage.py'))?.type === 'file';
  if (!managePy || disabled) return { ...answers, django: { managePy } };
  return { ...answers, django: { managePy, staticFiles: yield* askStaticFiles(facts) } };
}

/** Only a Django project needs it, and only for collectstatic (B35). */
function requireAppHome(reader: Reader, { places: { appHome: path }, settings }: AssembleFacts): void {
  if (reader.stat(path)?.type === 'directory') return;
  const similar = findSimilar(reader.list(parentOf(path))?.names ?? [], nameOf(path));
  throw new Stopped([{ kind: 'app-home-missing', value: settings.text('APP_HOME')?.value ?? '.', path, similar }]);
}

/** Django's own `diffsettings` says what the settings are; nothing of its output is printed or kept. */
function* askStaticFiles(facts: AssembleFacts): Program<DjangoStatic> {
  const { end, stdout } = yield* ask({
    argv: [join(facts.places.appRoot, 'bin/python'), './manage.py', 'diffsettings'],
    directory: facts.places.appHome,
    environment: withPythonPath(facts),
    output: 'keep',
    timeLimit: 120,
  });
  return end.how === 'exit' && end.code === 0 ? readDiffSettings(stdout) : 'unknown';
}

/** `NAME = repr` lines; settings that have Django's default are not printed. */
function readDiffSettings(text: string): DjangoStatic {
  const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(text)?.[1];
  const apps = setting('INSTALLED_APPS');
  // An app may be named by its configuration class, e.g. a subclass that ignores more patterns.
  if (apps === undefined || !/django\.contrib\.staticfiles|StaticFilesConfig/.test(apps)) {
    return apps !== undefined && /static/i.test(apps) ? 'unknown' : 'not-installed';
  }
  const root = setting('STATIC_ROOT');
  const custom = setting('STATICFILES_STORAGE') ?? setting('STORAGES');
  if (root === undefined && custom !== undefined) return 'unknown';
  return root === undefined || root === 'None' || root === "''" ? 'no-root' : 'used';
}

/** Distributions that came from an index. */
export function listPackages(reader: Reader, installed: Installed): readonly StampedPackage[] {
  const packages: StampedPackage[] = [];
  for (const [name, version] of installed.distributions) {
    if (name !== 'pip' && !isLocal(reader, installed, name)) packages.push({ name, version });
  }
  return packages.sort((a, b) => (a.name < b.name ? -1 : 1));
}
