import type { InstallerChoice } from '../assemble/installers/choose.ts';
import { normaliseName } from '../inspect/installed.ts';
import { pylockEntries } from '../inspect/manifests/pylock.ts';
import { logicalLines } from '../inspect/manifests/requirements.ts';
import { type Table, tableAt } from '../inspect/manifests/table.ts';
import { parseToml } from '../inspect/manifests/toml.ts';
import type { ProjectFacts } from '../inspect/project.ts';
import type { ProjectView } from '../inspect/view.ts';

/** Larger files of setuptools are not looked into. */
const MAX_BYTES = 1024 * 1024;

/** Version of a distribution that a manifest names without pinning it. */
const NEWEST = 'newest';

/**
 * The distributions that the chosen manifest names: what will be installed at least. What they need in turn is not known
 * before the installer has run, so a plan made from this says so.
 */
export function predictInstalled(
  view: ProjectView,
  project: ProjectFacts,
  choice: InstallerChoice,
  installsApplication: boolean,
): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  const lock = project.locks.find(({ file }) => file === choice.manifest);
  if (/^Pipfile/.test(choice.manifest ?? '') || (choice.installer === 'micropipenv' && project.pipfile.pipfile))
    addPipfile(project, named);
  else if (lock?.kind === 'pylock')
    for (const { name, version } of pylockEntries(lock.text)) named.set(name, version === '' ? NEWEST : version);
  else if (lock !== undefined) addPyproject(project, named);
  else if (choice.installer !== 'none') for (const { text } of project.requirements?.files ?? []) addRequirements(text, named);
  if (installsApplication) {
    addPyproject(project, named);
    addSetuptools(view, named);
  }
  return named;
}

function addRequirements(text: string, into: Map<string, string>): void {
  for (const line of logicalLines(text)) addRequirement(line.text, into);
}

/** PEP 508, as far as name and an exact version go. */
function addRequirement(requirement: string, into: Map<string, string>): void {
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.+!-]+))?/.exec(requirement);
  if (match?.[1] !== undefined) into.set(normaliseName(match[1]), match[2] ?? NEWEST);
  // Its extra is how FastAPI's own manual has uvicorn installed.
  if (/^fastapi\s*\[[^\]]*\b(?:standard|all)\b/i.test(requirement) && !into.has('uvicorn')) into.set('uvicorn', NEWEST);
}

function addPyproject({ pyproject }: ProjectFacts, into: Map<string, string>): void {
  const parsed = pyproject === undefined ? undefined : parseToml('pyproject.toml', pyproject.text);
  if (parsed === undefined || 'failure' in parsed) return;
  const dependencies = tableAt(parsed.table, 'project')?.dependencies;
  for (const one of Array.isArray(dependencies) ? dependencies : []) if (typeof one === 'string') addRequirement(one, into);
  const poetry = tableAt(tableAt(tableAt(parsed.table, 'tool') ?? {}, 'poetry') ?? {}, 'dependencies');
  addTable(poetry ?? {}, into);
}

/** `install_requires` of setup.cfg, and of setup.py where it is a list of plain texts. */
function addSetuptools(view: ProjectView, into: Map<string, string>): void {
  const [cfg, setup] = ['setup.cfg', 'setup.py'].map((file) => {
    const read = view.readText(file, MAX_BYTES);
    return read.ok ? read.text : '';
  });
  const lines = /^install_requires\s*=(.*(?:\n[ \t]+.*)*)/m.exec(cfg ?? '')?.[1] ?? '';
  for (const line of lines.split('\n')) addRequirement(line.trim(), into);
  const list = /install_requires\s*=\s*\[([\s\S]*?)\]\s*[,)]/.exec(setup ?? '')?.[1] ?? '';
  for (const [, , one = ''] of list.matchAll(/(['"])(.*?)\1/g)) addRequirement(one, into);
}

function addPipfile({ pipfile }: ProjectFacts, into: Map<string, string>): void {
  const text = pipfile.texts.find(({ file }) => file === 'Pipfile')?.text;
  const parsed = text === undefined ? undefined : parseToml('Pipfile', text);
  if (parsed !== undefined && 'table' in parsed) addTable(tableAt(parsed.table, 'packages') ?? {}, into);
}

/** `name = "==1.2"` or `name = { version = "==1.2" }`. */
function addTable(table: Table, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(table)) {
    if (name === 'python') continue;
    const wanted = typeof value === 'string' ? value : tableAt(table, name)?.version;
    const exact = typeof wanted === 'string' ? /^==\s*([\w.+!-]+)$/.exec(wanted)?.[1] : undefined;
    into.set(normaliseName(name), exact ?? NEWEST);
  }
}
