import type { DjangoProject } from '../../../inspect/django/project.ts';
import { fromFile } from '../../../inspect/fact.ts';
import type { Application, ApplicationSearch } from '../../application.ts';
import type { RunFacts, ServingFacts } from '../../facts.ts';
import type { Rejected } from '../../launch.ts';

/** Django's WSGI application, from its settings or from the one wsgi.py beside manage.py (B61 bettered). */
export function findDjangoApplication(facts: RunFacts, serving: ServingFacts): ApplicationSearch {
  const where = facts.appHome.path;
  // Django's own candidate says that it is not installed.
  if (serving.django === undefined) return none();
  if (!serving.managePy) return none({ candidate: 'Django', where, reason: 'manage.py is not there' });
  const { project } = serving;
  if (project === undefined) return none();
  const bySettings = fromSettings(project, serving);
  if ('found' in bySettings) return bySettings;
  const modules = narrowed(project);
  if (modules.length > 1) return { found: 'several', failure: { kind: 'several-wsgi-modules', modules }, rejected: [bySettings] };
  const [module] = modules;
  if (module === undefined)
    return none(bySettings, {
      candidate: '*/wsgi.py',
      where,
      reason: 'no folder beside manage.py has one with an "application"',
    });
  const file = `${module.replace('.', '/')}.py`;
  return yes({ name: `${module}:application`, why: `${file} is there`, because: [fromFile(file)], lines: [] }, [bySettings]);
}

/** WSGI_APPLICATION decides when all settings modules that manage.py names agree on one that exists. */
function fromSettings(project: DjangoProject, serving: ServingFacts): ApplicationSearch | Rejected {
  const candidate = 'WSGI_APPLICATION';
  const where = project.settingsModules.map((one) => one.value).join(', ');
  if (project.settingsModules.length === 0) {
    return { candidate, where: 'manage.py', reason: 'it names no settings module' };
  }
  const texts = project.wsgiApplications.flatMap((one) => (one.is === 'text' ? [one] : []));
  const [first] = texts;
  if (first === undefined) {
    const unknown = project.wsgiApplications.length > 0;
    return { candidate, where, reason: unknown ? 'only running the settings tells its value' : 'not set there' };
  }
  const names = [...new Set(texts.map((one) => one.text.replace(/\.([^.]*)$/, ':$1')))];
  if (names.length > 1) return { found: 'several', failure: { kind: 'several-wsgi-modules', modules: names }, rejected: [] };
  const module = first.text.replace(/\.[^.]*$/, '');
  const lost = serving.projectModules.some((one) => one.module === module && one.place.found === 'no');
  if (lost) return { candidate, where: first.file, reason: `it names ${module}, and there is no such module` };
  const source = fromFile(first.file, candidate);
  return yes({ name: names[0] ?? module, why: `WSGI_APPLICATION in ${first.file} names it`, because: [source], lines: [] }, []);
}

/** Of several modules, the one in the package of the settings. */
function narrowed({ wsgiModules, settingsModules }: DjangoProject): readonly string[] {
  const packages = new Set(settingsModules.map((one) => one.value.split('.')[0]));
  const own = wsgiModules.filter((module) => packages.has(module.split('.')[0]));
  return own.length === 1 ? own : wsgiModules;
}

function yes(application: Application, rejected: readonly Rejected[]): ApplicationSearch {
  return { found: 'yes', application, rejected };
}

function none(...rejected: readonly Rejected[]): ApplicationSearch {
  return { found: 'no', rejected };
}
