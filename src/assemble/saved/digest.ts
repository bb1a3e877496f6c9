import type { Reader } from '../../execute/reader.ts';
import { normaliseName } from '../../inspect/installed.ts';
import { pylockEntries } from '../../inspect/manifests/pylock.ts';
import { logicalLines } from '../../inspect/manifests/requirements.ts';
import type { AssembleFacts } from '../facts.ts';
import { chooseInstaller } from '../installers/choose.ts';
import { wordsOf } from '../installers/reading.ts';
import type { Stamp } from './stamp.ts';

const DECISIVE = ['UPGRADE_PIP_TO_LATEST', 'DISABLE_SETUP_PY_PROCESSING', 'DISABLE_PYPROJECT_TOML_PROCESSING'] as const;

/** The text whose SHA-256 is the digest: every file and setting that decides what is installed, in a fixed order. */
export function digestText(facts: AssembleFacts): string {
  const { project, settings } = facts;
  const choice = chooseInstaller(facts);
  const files = [
    ...project.locks.filter(({ file }) => file === choice.manifest).map(({ file, text }) => ({ file, text })),
    ...(project.requirements?.files ?? []),
    ...project.setuptools.texts,
    ...(project.pyproject === undefined ? [] : [{ file: 'pyproject.toml', text: project.pyproject.text }]),
    ...project.pipfile.texts,
  ];
  return JSON.stringify({
    installer: choice.installer,
    manifest: choice.manifest,
    chosen: [wordsOf(facts, 'S2I_INSTALL_EXTRAS'), wordsOf(facts, 'S2I_INSTALL_GROUPS')],
    pin: settings.text('PIN_PIPENV_VERSION')?.value ?? '',
    switches: DECISIVE.filter((name) => settings.on(name).value),
    variables: facts.installerVariables,
    ...checking(facts),
    files: files.map(({ file, text }) => [file, text]),
    ...(facts.hooks.texts.length === 0 ? {} : { hooks: facts.hooks.texts }),
    undecodable: project.requirements?.complete === false,
  });
}

/** What was not checked is not known to fit, so that another mode is another build. */
function checking({ settings }: AssembleFacts): { readonly checks?: readonly string[] } {
  const checks = [settings.text('S2I_DEPENDENCY_CHECK')?.value ?? '', settings.on('S2I_STRICT').value ? 'strict' : ''];
  return checks.join('') === '' ? {} : { checks };
}

/** Requirements with hashes by name, each with the SHA-256 of the text that pins it; `exported` is what a tool said that its lock names. */
export function hashesOf(reader: Reader, facts: AssembleFacts, exported: string | undefined): Stamp['hashed'] {
  return Object.fromEntries(Object.entries(hashedLines(facts, exported)).map(([name, line]) => [name, reader.sha256(line)]));
}

function hashedLines(facts: AssembleFacts, exported?: string): Readonly<Record<string, string>> {
  const lines: Record<string, string> = {};
  const { manifest } = chooseInstaller(facts);
  const pylock = facts.project.locks.find(({ kind, file }) => kind === 'pylock' && file === manifest);
  if (pylock !== undefined) return Object.fromEntries(pylockEntries(pylock.text).map(({ name, text }) => [name, text]));
  const texts = exported === undefined ? (facts.project.requirements?.files ?? []) : [{ text: exported }];
  for (const { text } of texts) {
    for (const line of logicalLines(text)) {
      const name = /^[A-Za-z0-9][\w.-]*/.exec(line.text)?.[0];
      if (name !== undefined && /\s--hash[=\s]/.test(line.text)) lines[normaliseName(name)] = line.text;
    }
  }
  return exported === undefined && usesPipfile(facts) ? { ...lines, ...lockedHashes(facts) } : lines;
}

function usesPipfile(facts: AssembleFacts): boolean {
  return ['pipenv', 'micropipenv'].includes(chooseInstaller(facts).installer);
}

/** The hashes of Pipfile.lock by name: the same version with other hashes may be another archive. */
function lockedHashes({ project }: AssembleFacts): Readonly<Record<string, string>> {
  const text = project.pipfile.texts.find(({ file }) => file === 'Pipfile.lock')?.text;
  // A lock that is no JSON was refused before.
  const lock = (text === undefined ? {} : JSON.parse(text)) as { readonly default?: Readonly<Record<string, unknown>> };
  return Object.fromEntries(
    Object.entries(lock.default ?? {}).map(([name, entry]) => [
      normaliseName(name),
      JSON.stringify((entry as { readonly hashes?: unknown } | null)?.hashes ?? null),
    ]),
  );
}

/** A package of a Pipfile or its lock that lies in the project itself. */
const LOCAL_PACKAGE = /\b(?:path|file|editable)["']?\s*[:=]/;

/** Packages of a lock that lie in the project itself; uv names the project too, as `.`. */
const LOCAL_IN = {
  uv: /^source = \{ (editable|directory|path) = "(?!\.")/m,
  pylock: /^directory = |^archive = \{ path|^\[packages\.directory\]/m,
  poetry: /^type = "(directory|file)"/m,
  pdm: /^path = "/m,
} as const;

/** Variables by which an installer replaces what is there already. */
const RENEWING = /^(?:PIP|UV)_(?:UPGRADE|FORCE_REINSTALL|IGNORE_INSTALLED|REINSTALL)/;

/** True when the same manifests may give something else: a requirement by its address (`git+https://...`), or what is to be renewed. */
export function mayGiveAnother({ project: { requirements }, given }: AssembleFacts): boolean {
  if ([...given].some((name) => RENEWING.test(name))) return true;
  const lines = (requirements?.files ?? []).flatMap(({ text }) => logicalLines(text));
  return lines.some(({ text }) => /^(?:-e\b|--editable\b|[^-]).*:\/\//.test(text));
}

/** True when an install must run even over an unchanged environment: local files, or pip itself, are among what is installed. */
export function alwaysInstalls(facts: AssembleFacts): boolean {
  const { requirements, pipfile, locks } = facts.project;
  const { manifest } = chooseInstaller(facts);
  const lock = locks.find(({ file }) => file === manifest);
  if (lock !== undefined && LOCAL_IN[lock.kind].test(lock.text)) return true;
  if (usesPipfile(facts) && pipfile.texts.some(({ text }) => LOCAL_PACKAGE.test(text))) return true;
  if (requirements === undefined) return false;
  const files = requirements.files;
  return requirements.local || !requirements.complete || files.some(({ text }) => /^pip\s*([<>=!~;@[]|$)/m.test(text));
}
