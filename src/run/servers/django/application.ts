import type { Interface } from '../../../inspect/applications/judge.ts';
import type { DjangoProject } from '../../../inspect/django/project.ts';
import { fromFile } from '../../../inspect/fact.ts';
import type { Application, ApplicationSearch } from '../../application.ts';
import type { RunFacts, ServingFacts } from '../../facts.ts';
import type { Rejected } from '../../launch.ts';

/** What Django calls the application of a protocol, and the file that holds it by custom. */
const PLACES = {
  wsgi: { setting: 'WSGI_APPLICATION', file: 'wsgi.py' },
  asgi: { setting: 'ASGI_APPLICATION', file: 'asgi.py' },
} as const;

/** True when the settings name an ASGI application: `startproject` never writes that, so somebody wants it served. */
export function wantsAsgi({ project }: ServingFacts): boolean {
  return project?.asgiApplications.some((one) => one.is === 'text') ?? false;
}

/** Django's application, from its settings or from the one wsgi.py (asgi.py) beside manage.py (B61 bettered). */
export function findDjangoApplication(facts: RunFacts, serving: ServingFacts, protocol: Interface): ApplicationSearch {
  const where = facts.appHome.path;
  // Django's own candidate says that it is not installed.
  if (serving.django === undefined) return none();
  if (!serving.managePy) return none({ candidate: 'Django', where, reason: 'manage.py is not there' });
  const { project } = serving;
  if (project === undefined) return none();
  const bySettings = fromSettings(project, serving, protocol);
  if ('found' in bySettings) return bySettings;
  const modules = narrowed(project, protocol);
  if (modules.length > 1) return { found: 'several', failure: { kind: 'several-wsgi-modules', modules }, rejected: [bySettings] };
  const [module] = modules;
  const { file: custom } = PLACES[protocol];
  if (module === undefined)
    return none(bySettings, {
      candidate: `*/${custom}`,
      where,
      reason: 'no folder beside manage.py has one with an "application"',
    });
  const file = `${module.replace('.', '/')}.py`;
  const name = `${module}:application`;
  return yes({ name, interface: protocol, why: `${file} is there`, because: [fromFile(file)], lines: [] }, [bySettings]);
}

/** The setting decides when all settings modules that manage.py names agree on one that exists. */
function fromSettings(project: DjangoProject, serving: ServingFacts, protocol: Interface): ApplicationSearch | Rejected {
  const candidate = PLACES[protocol].setting;
  const applications = protocol === 'wsgi' ? project.wsgiApplications : project.asgiApplications;
  const where = project.settingsModules.map((one) => one.value).join(', ');
  if (project.settingsModules.length === 0) {
    return { candidate, where: 'manage.py', reason: 'it names no settings module' };
  }
  const texts = applications.flatMap((one) => (one.is === 'text' ? [one] : []));
  const [first] = texts;
  if (first === undefined) {
    return { candidate, where, reason: applications.length > 0 ? 'only running the settings tells its value' : 'not set there' };
  }
  const names = [...new Set(texts.map((one) => one.text.replace(/\.([^.]*)$/, ':$1')))];
  if (names.length > 1) return { found: 'several', failure: { kind: 'several-wsgi-modules', modules: names }, rejected: [] };
  const module = first.text.replace(/\.[^.]*$/, '');
  const lost = serving.projectModules.some((one) => one.module === module && one.place.found === 'no');
  if (lost) return { candidate, where: first.file, reason: `it names ${module}, and there is no such module` };
  const because = [fromFile(first.file, candidate)];
  const why = `${candidate} in ${first.file} names it`;
  return yes({ name: names[0] ?? module, interface: protocol, why, because, lines: [] }, []);
}

/** Of several modules, the one in the package of the settings. */
function narrowed({ wsgiModules, asgiModules, settingsModules }: DjangoProject, protocol: Interface): readonly string[] {
  const modules = protocol === 'wsgi' ? wsgiModules : asgiModules;
  const packages = new Set(settingsModules.map((one) => one.value.split('.')[0]));
  const own = modules.filter((module) => packages.has(module.split('.')[0]));
  return own.length === 1 ? own : modules;
}

function yes(application: Application, rejected: readonly Rejected[]): ApplicationSearch {
  return { found: 'yes', application, rejected };
}

function none(...rejected: readonly Rejected[]): ApplicationSearch {
  return { found: 'no', rejected };
}
