import type { Notice } from '../failures/notice.ts';
import { join } from './paths.ts';
import type { ProjectView } from './view.ts';

const IGNORE = 'Name it in .s2iignore or .dockerignore to leave it out.';

/** Things that came with the source by accident. They are kept, and said. */
export function findCarriedAlong(view: ProjectView): readonly Notice[] {
  const notices: Notice[] = [];
  for (const name of view.list()) {
    const what = recognise(view, name);
    if (what !== undefined) notices.push({ kind: 'carried-along', name, ...what });
  }
  return notices;
}

function recognise(view: ProjectView, name: string): { readonly what: string; readonly advice: string } | undefined {
  if (view.stat(name)?.type !== 'directory') return undefined;
  if (name === '.git') return { what: "the repository's history, which may hold secrets", advice: IGNORE };
  if (name === '__pycache__') return { what: 'bytecode of another machine', advice: IGNORE };
  if (view.stat(join(name, 'pyvenv.cfg')) !== undefined) {
    return {
      what: 'a virtual environment of another machine',
      advice: `It is not used: the dependencies go into APP_ROOT. ${IGNORE}`,
    };
  }
  if (name === 'node_modules') return recogniseNodeModules(view);
  return undefined;
}

const PLATFORM =
  /(?:^|[-/@])(linux|darwin|win32|freebsd|android|openharmony|sunos)-(x64|arm64|arm|ia32|ppc64|s390x|riscv64|loong64)/;

/** Packages for one platform carry its name; one for another system shows where the folder was made. */
function recogniseNodeModules(view: ProjectView): { readonly what: string; readonly advice: string } | undefined {
  const scopes = view.list('node_modules').filter((name) => name.startsWith('@'));
  const names = [
    ...view.list('node_modules'),
    ...scopes.flatMap((scope) => view.list(join('node_modules', scope)).map((name) => `${scope}/${name}`)),
  ];
  const platforms = names.map((name) => PLATFORM.exec(name)?.[1]).filter((system) => system !== undefined);
  const foreign = platforms.find((system) => system !== 'linux');
  if (foreign === undefined || platforms.includes('linux')) return undefined;
  return { what: `Node packages built for ${foreign}, not for Linux`, advice: `Run npm ci in the image instead. ${IGNORE}` };
}
