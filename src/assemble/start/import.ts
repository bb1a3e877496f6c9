import type { Command, End, RunOutcome } from '../../execute/effect.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Interface } from '../../inspect/applications/judge.ts';
import { findSimilar } from '../../inspect/similar.ts';
import type { Launch } from '../../run/launch.ts';

/** Seconds for the import of an application; one that waits for a database is not waited for. */
const PATIENCE = 30;

/** Begins the line of the answer: the application may print too. */
const MARK = 's2i-answer: ';

/**
 * Imports an application as its server will, calls no factory, and says what it found. It ends without waiting for threads
 * that the application started.
 */
const TRY_IMPORT = `# tries to import the application
import importlib, inspect, json, os, sys


def protocol(thing):
    call = thing if inspect.isfunction(thing) else getattr(type(thing), '__call__', None)
    if inspect.isclass(thing) or call is None:
        return None
    if inspect.iscoroutinefunction(call):
        return 'asgi'
    try:
        needed = [one for one in inspect.signature(thing).parameters.values()
                  if one.default is one.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    except (TypeError, ValueError):
        return None
    return {2: 'wsgi', 3: 'asgi'}.get(len(needed))


def attempt(module, expression):
    try:
        thing = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module + '.').startswith(error.name + '.'):
            return {'missing': 'module', 'name': error.name}
        raise
    for part in expression.split('(')[0].split('.'):
        if not hasattr(thing, part):
            names = [one for one in dir(thing) if not one.startswith('_')]
            return {'missing': 'attribute', 'name': part, 'names': names[:200]}
        thing = getattr(thing, part)
    return {'found': None if '(' in expression else protocol(thing)}


sys.path.insert(0, os.getcwd())
module, _, expression = sys.argv[1].partition(':')
answer = attempt(module, expression or 'application')
sys.stderr.flush()
print('\\n${MARK}' + json.dumps(answer), flush=True)
os._exit(0)
`;

/** The import of a launch's application, in the environment that the server will have. */
export function tryImport({ directory, environment }: Launch, application: string): Command {
  return {
    argv: ['python', '-c', TRY_IMPORT, application],
    directory,
    // The files that it would write beside the sources are another step's affair.
    environment: { ...environment, set: { ...environment.set, PYTHONDONTWRITEBYTECODE: '1' } },
    output: 'keep',
    timeLimit: PATIENCE,
  };
}

/** What an import showed. Only what certainly is not there is a failure; a program that ends otherwise says so. */
export type Imported =
  | { readonly is: 'there'; readonly protocol: Interface | undefined }
  | { readonly is: 'missing'; readonly failure: Failure }
  | { readonly is: 'unclear'; readonly end: End; readonly words: readonly string[] };

interface Answer {
  readonly found?: Interface | null;
  readonly missing?: 'module' | 'attribute';
  readonly name?: string;
  readonly names?: readonly string[];
}

/** Without the lines that every traceback of an import has, our own among them. */
function lastWords(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^ {2}File "<(?:frozen |string>)/.test(line)).slice(-6);
}

export function parseImport(
  { end, stdout, lastLines }: RunOutcome,
  { server, why }: Pick<Launch, 'server' | 'why'>,
  application: string,
): Imported {
  const line = stdout.split('\n').findLast((one) => one.startsWith(MARK));
  // Where nothing was said, the application ended the process itself.
  if (end.how !== 'exit' || end.code !== 0 || line === undefined) return { is: 'unclear', end, words: lastWords(lastLines) };
  const { missing, name = '', names = [], found } = JSON.parse(line.slice(MARK.length)) as Answer;
  if (missing === undefined) return { is: 'there', protocol: found ?? undefined };
  const similar = [
    ...new Set([...findSimilar(names, name), ...names.filter((one) => /^(?:app|application|api|create_app)$/.test(one))]),
  ];
  return { is: 'missing', failure: { kind: 'application-missing', server, application, why, missing, name, similar } };
}
