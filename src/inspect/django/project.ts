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
  /** The same for ASGI; only read when something could serve it. */
  readonly asgiApplications: readonly StaticSetting[];
  readonly asgiModules: readonly string[];
}

/** Which protocols of a Django project are of interest. */
export type Protocols = 'wsgi' | 'both';

/** Reads the project whose manage.py lies in `directory`; `folders` are searched for the settings module. */
export function readDjangoProject(
  reader: Reader,
  directory: string,
  folders: readonly string[],
  protocols: Protocols,
): DjangoProject {
  const settingsModules = readSettingsModules(reader, directory);
  const read = (name: string) =>
    settingsModules
      .map((module) => readStaticSetting(reader, folders, module.value, name))
      .filter((setting) => setting.is !== 'absent');
  const wsgiApplications = read('WSGI_APPLICATION');
  const asgiApplications = protocols === 'both' ? read('ASGI_APPLICATION') : [];
  const isText = (setting: StaticSetting) => setting.is === 'text';
  return {
    settingsModules,
    wsgiApplications,
    wsgiModules: wsgiApplications.some(isText) ? [] : readDjangoModules(reader, directory, 'wsgi'),
    asgiApplications,
    asgiModules: protocols === 'wsgi' || asgiApplications.some(isText) ? [] : readDjangoModules(reader, directory, 'asgi'),
  };
}

function readSettingsModules(reader: Reader, directory: string): readonly Fact<string>[] {
  const given = reader.environment.DJANGO_SETTINGS_MODULE ?? '';
  if (given !== '') return [{ value: given, source: fromEnvironment('DJANGO_SETTINGS_MODULE') }];
  const manage = reader.readText(join(directory, 'manage.py'));
  const source = fromFile('manage.py', 'DJANGO_SETTINGS_MODULE');
  return manage.ok ? parseManage(manage.text).map((value) => ({ value, source })) : [];
}

/** Folders beside manage.py with a wsgi.py (or asgi.py) that binds `application`. */
export function readDjangoModules(reader: Reader, directory: string, file: 'wsgi' | 'asgi'): readonly string[] {
  const names = reader.list(directory)?.names ?? [];
  return names
    .filter(
      (name) =>
        /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) && bindsApplication(reader, join(directory, name, `${file}.py`)),
    )
    .map((name) => `${name}.${file}`);
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
