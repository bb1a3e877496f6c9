import type { Reader } from '../../execute/reader.ts';
import { type Fact, fromEnvironment, fromFile } from '../fact.ts';
import { join } from '../paths.ts';
import { readBindings } from '../python/bindings.ts';
import { readStatements } from '../python/statements.ts';
import { parseManage, readStaticSetting, type StaticSetting } from './settings.ts';

/** What can be read about a Django project without running it. */
export interface DjangoProject {
  /** Settings modules, the environment's alone when it names one (it wins over manage.py), else those in manage.py. */
  readonly settingsModules: readonly Fact<string>[];
  /** WSGI_APPLICATION of these settings modules, one for each that could be found. */
  readonly wsgiApplications: readonly StaticSetting[];
  /** Modules `folder.wsgi` beside manage.py that bind `application`, sorted. */
  readonly wsgiModules: readonly string[];
}

/** Reads the project whose manage.py lies in `directory`; `folders` are searched for the settings module. */
export function readDjangoProject(reader: Reader, directory: string, folders: readonly string[]): DjangoProject {
  const settingsModules = readSettingsModules(reader, directory);
  const wsgiApplications = settingsModules
    .map((module) => readStaticSetting(reader, folders, module.value, 'WSGI_APPLICATION'))
    .filter((setting) => setting.is !== 'absent');
  const decided = wsgiApplications.some((setting) => setting.is === 'text');
  return { settingsModules, wsgiApplications, wsgiModules: decided ? [] : readWsgiModules(reader, directory) };
}

function readSettingsModules(reader: Reader, directory: string): readonly Fact<string>[] {
  const given = reader.environment.DJANGO_SETTINGS_MODULE ?? '';
  if (given !== '') return [{ value: given, source: fromEnvironment('DJANGO_SETTINGS_MODULE') }];
  const manage = reader.readText(join(directory, 'manage.py'));
  const source = fromFile('manage.py', 'DJANGO_SETTINGS_MODULE');
  return manage.ok ? parseManage(manage.text).map((value) => ({ value, source })) : [];
}

/** Folders beside manage.py with a wsgi.py that binds `application`. */
export function readWsgiModules(reader: Reader, directory: string): readonly string[] {
  const names = reader.list(directory)?.names ?? [];
  return names
    .filter(
      (name) =>
        /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) && bindsApplication(reader, join(directory, name, 'wsgi.py')),
    )
    .map((name) => `${name}.wsgi`);
}

function bindsApplication(reader: Reader, path: string): boolean {
  const read = reader.readText(path);
  return read.ok && bindsName(read.text, 'application');
}

/** True when running the module may bind the name: it assigns, imports or star-imports it, or answers `__getattr__`. */
export function bindsName(source: string, name: string): boolean {
  return readBindings(readStatements(source, [name, '*', '__getattr__'])).some(
    (binding) => binding.kind === 'star' || binding.name === name || binding.name === '__getattr__',
  );
}
