import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../src/failures/failure.ts';
import { readCorpus } from '../support/corpus-case.ts';
import { failuresOf, materialise, removeMaterialised } from '../support/corpus-run.ts';

/**
 * Every way to fail, and the case that shows its words: one of the corpus, or a test with real hooks as `file: name`. A new
 * member of the union does not compile until it is shown.
 */
const SHOWN = {
  'setting-value': 'bad-settings/six-wrong-at-once',
  'setting-not-text': 'start.test.ts: a value that is no UTF-8',
  strict: 'bad-settings/strict-makes-errors',
  'pipenv-and-micropipenv': 'bad-settings/pipenv-and-micropipenv',
  'manifest-unreadable': 'bad-manifests/pyproject-latin-1',
  'manifest-syntax': 'bad-manifests/pyproject-syntax',
  'manifest-bom': 'bad-manifests/pyproject-bom',
  'manifest-nesting': 'bad-manifests/pyproject-deep',
  'manifest-shape': 'bad-manifests/pyproject-wrong-shapes',
  'setup-cfg-alone': 'bad-manifests/setup-cfg-alone',
  'requirement-file-missing': 'bad-manifests/requirements-missing-include',
  'nothing-to-install': 'dependency-layer/nothing',
  'requirement-file-circular': 'bad-manifests/requirements-circular',
  'package-managers-differ': 'locks/setting-against-switch',
  'several-locks': 'locks/several',
  'manager-without-manifest': 'locks/poetry-without-lock',
  'python-differs': 'locks/python-version-file',
  'lock-alone': 'locks/uv-without-pyproject',
  'source-locked': 'files.test.ts: a source that may not be looked into',
  'tool-failed': 'failing-tools/pip-no-network',
  'tree-failed': 'failing-tools/import-disk-full',
  'secret-written': 'locks/secret-written',
  'python-missing': 'failing-tools/python-missing',
  'venv-broken': 'failing-tools/venv-without-python',
  'ca-bundle': 'bad-settings/ca-bundle-absent',
  'app-home-missing': 'bad-start/app-home-missing',
  'app-file-missing': 'bad-start/app-script-missing',
  'environment-moved': 'moved/other-python',
  'script-not-executable': 'bad-start/app-sh-not-executable',
  'script-bare': 'hooks/bare',
  'hook-folder': 'hooks/folder-is-a-file',
  'hook-no-file': 'hooks/no-file',
  'hook-misspelt': 'hooks/misspelt',
  'script-crlf': 'bad-start/app-sh-windows-line-ends',
  'script-interpreter-missing': 'bad-start/app-sh-missing-interpreter',
  'no-shell': 'bad-start/micro-app-sh',
  'unbalanced-quote': 'bad-settings/gunicorn-args-unbalanced',
  'several-wsgi-modules': 'bad-start/django-two-wsgi-modules',
  'process-missing': 'procfile/process-missing',
  'several-applications': 'bad-start/several-applications',
  'no-server-for-protocol': 'bad-start/asgi-with-gunicorn-only',
  'no-factory': 'bad-start/factory-with-daphne',
  'application-missing': 'start/module-missing',
  'server-not-installed': 'bad-start/app-server-not-installed',
  'server-without-application': 'bad-start/app-server-without-application',
  'no-launch': 'bad-start/nothing-to-run',
  'not-started': 'start.test.ts: no Python on PATH: 127, and where to look',
  'database-unreachable': 'migrate/unreachable',
  'database-refused': 'migrate/refused',
  'migration-locked': 'migrate/locked',
  'no-migration-lock': 'migrate/no-lock',
  'nothing-to-migrate': 'migrate/command-without-django',
  'selection-unknown': 'locks/uv-unknown-extra',
  'no-package-no-lock': 'bad-manifests/poetry-no-package',
  interrupted: 'failing-tools/pip-terminated',
  bug: 'failing-tools/host-answers-wrongly',
} satisfies Record<Failure['kind'], string>;

const corpus = readCorpus();
const realTests = join(import.meta.dirname, '../real/bad-input');

describe('every way to fail is shown', () => {
  test.each(Object.entries(SHOWN))('%s: %s', (kind, shown) => {
    const [, file, name] = /^(\w[\w.-]*\.test\.ts): (.*)$/.exec(shown) ?? [];
    if (file === undefined) expect(kindsIn(shown)).toContain(kind);
    else expect(readFileSync(join(realTests, file), 'utf8')).toContain(`'${name}'`);
  });
});

/** The kinds of failure that a case's golden plan holds, and those that its hooks stop with. */
function kindsIn(name: string): readonly string[] {
  const found = corpus.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  const project = materialise(found);
  onTestFinished(() => removeMaterialised(project));
  const plan = JSON.parse(readFileSync(join(found.folder, 'plan.json'), 'utf8')) as Record<
    'assemble' | 'run',
    { failures?: Failure[] }
  >;
  const stopped = found.spec.hooks.flatMap((hook) => failuresOf(found.spec, hook, project));
  return [...stopped, ...(plan.assemble.failures ?? []), ...(plan.run.failures ?? [])].map((failure) => failure.kind);
}
