import type { Definition, PageServer, SourceAnswer } from './answer.ts';

/** The protocol that an application object speaks. */
export type Interface = 'asgi' | 'wsgi';

/** Modules whose classes and functions make an application. */
const ASGI_MODULES = [
  'fastapi',
  'starlette',
  'litestar',
  'starlite',
  'quart',
  'sanic',
  'blacksheep',
  'falcon.asgi',
  'channels.routing',
  'fasthtml',
  'socketio.ASGIApp',
  'engineio.ASGIApp',
  'connexion.AsyncApp',
  'strawberry.asgi',
  'ariadne.asgi',
  'asgiref.wsgi.WsgiToAsgi',
  'a2wsgi.WSGIMiddleware',
  'django.core.asgi',
  'uvicorn.middleware',
  'muffin',
  'mcp.server',
  'fastmcp',
  'gradio.mount_gradio_app',
  'gradio.routes',
  'asgi.__call__',
] as const;

const WSGI_MODULES = [
  'flask',
  'flask_restx',
  'bottle',
  'falcon.App',
  'falcon.API',
  'pyramid',
  'cherrypy.tree',
  'cherrypy.Application',
  'dash.Dash.server',
  'django.core.wsgi',
  'django.core.handlers.wsgi',
  'werkzeug',
  'whitenoise.WhiteNoise',
  'paste',
  'webob',
  'a2wsgi.ASGIMiddleware',
  'socketio.WSGIApp',
  'socketio.Middleware',
  'engineio.WSGIApp',
  'web.application',
  'eve.Eve',
  'apiflask',
  'wsgi.__call__',
] as const;

/** Callables of those modules that make something else: parts of an application, tools. */
const PARTS =
  /(?:^|\.)(?:APIRouter|Router|Blueprint|Request|Response|\w+Response|Depends|Body|Query|Path|Header|\w*Exception|HTTPError|jsonify|render_template|TestClient|Namespace|Api|Limiter|Client|Config|Settings|FastMCP)$/;

/** The protocol of what is made by these callables; the first one that is known decides. */
function interfaceOf(of: readonly string[]): Interface | undefined {
  for (const name of of) {
    if (PARTS.test(name)) continue;
    if (ASGI_MODULES.some((module) => begins(name, module))) return 'asgi';
    if (WSGI_MODULES.some((module) => begins(name, module))) return 'wsgi';
  }
  return undefined;
}

function begins(name: string, module: string): boolean {
  return name.startsWith(`${module}.`) || (name === module && module.includes('.'));
}

/** The protocol that an object or the function of this name speaks itself; undefined when the source does not tell. */
export function interfaceOfObject(definition: Definition): Interface | undefined {
  if (definition.is === 'coroutine') return definition.needs === 3 ? 'asgi' : undefined;
  if (definition.is === 'function') return definition.needs === 2 ? 'wsgi' : undefined;
  return definition.is === 'value' ? interfaceOf(definition.of) : undefined;
}

/** A function without arguments that has to be given that makes an application. */
export function interfaceOfFactory(definition: Definition): Interface | undefined {
  return definition.is === 'function' && definition.needs === 0 ? interfaceOf(definition.of) : undefined;
}

/** The protocol of what a variable (`app`, `create_app()`) of a file holds; undefined when its source does not tell. */
export function interfaceOfVariable(answer: SourceAnswer | undefined, variable: string): Interface | undefined {
  if (answer === undefined || 'problem' in answer) return undefined;
  const [, name, call] = /^(\w+)(\(.*)?$/.exec(variable) ?? [];
  const definition = answer.names.findLast((one) => one.name === name);
  if (definition === undefined) return undefined;
  return call === undefined ? interfaceOfObject(definition) : interfaceOf(definition.of);
}

/** Calls after which a module is what it was: settings, logging, registrations. */
const HARMLESS =
  /(?:^|\.)(?:basicConfig|dictConfig|fileConfig|load_dotenv|filterwarnings|simplefilter|append|insert|extend|update|setdefault|set|add|setup|init|init_app|configure|set_event_loop_policy|setLevel|addHandler|addFilter|print|create_all|info|debug|warning|mkdir|makedirs|reload|register\w*|add_\w+|include_\w+|mount|instrument\w*|patch_all|monkey_patch|seed)$/;

/** Calls that start something and come back only at its end. */
const STARTS =
  /(?:^|\.)(?:run|run_\w+|serve|serve_\w+|start|start_\w+|listen|launch|main|execute\w*|cli|fire|mainloop|join|wait|loop|spin|polling|\w+_polling|sleep|exec[lv]\w*|system|input)$/;

/**
 * Why a program of this source would end at once: it defines an application object and does nothing else. Undefined when it
 * may do more; then it is run as it is. Only what is certain counts, because running it is what the incumbent does.
 */
export function endsAtOnce(answer: SourceAnswer): Definition | undefined {
  if ('problem' in answer || answer.main) return undefined;
  const own = answer.names.find((one) => isServedName(one.name) && interfaceOfObject(one) !== undefined);
  if (own === undefined) return undefined;
  const applications = answer.names.filter((one) => interfaceOfObject(one) !== undefined).map(({ name }) => name);
  const starts = answer.calls.some(([how, what]) => {
    if (STARTS.test(what)) return true;
    if (how !== 'statement') return false;
    return !HARMLESS.test(what) && !applications.some((name) => what.startsWith(`${name}.`));
  });
  return starts ? undefined : own;
}

/** True when running the file does more than define things. */
export function startsItself(answer: SourceAnswer | undefined): boolean {
  if (answer === undefined || 'problem' in answer) return false;
  return answer.main || answer.calls.some(([how, what]) => how !== 'elsewhere' && STARTS.test(what));
}

/** True when some variable of the file holds an application of a known framework. */
export function definesApplication(answer: SourceAnswer): boolean {
  return !('problem' in answer) && answer.names.some((one) => one.is === 'value' && interfaceOfObject(one) !== undefined);
}

/** Names that an application object has by custom. */
export const OBJECT_NAMES = ['app', 'application', 'api'] as const;
/** Names that a function which makes one has by custom. */
export const FACTORY_NAMES = ['create_app', 'make_app', 'get_app', 'build_app', 'create_application', 'get_application'] as const;

/** `server` is what Dash has served. */
function isServedName(name: string): boolean {
  return name === 'server' || OBJECT_NAMES.some((one) => one === name);
}

/** What makes objects that no server here can be given. */
const UNSERVED = /^(?:gradio|streamlit|aiohttp|tornado|celery|typer|click|fastmcp|mcp)\./;

/** Why an object that these callables make cannot be served. */
export function isUnserved(made: string): boolean {
  return UNSERVED.test(made);
}

const ASGI_MARK = /async|asgi|fastapi|starlette|litestar|quart|sanic|blacksheep|fasthtml|channels|connexion|fastmcp/i;
const WSGI_MARK = /start_response|get_wsgi_application|\bFlask\(|\bbottle\b|\bConfigurator\(|\bfalcon\.(?:App|API)\(/;

/** True when the text alone shows that it is no ASGI application: a question to Python is then not worth its time. */
export function isPlainlyWsgi(source: string): boolean {
  return !ASGI_MARK.test(source) && (WSGI_MARK.test(source) || !/\bimport\b/.test(source));
}

/** False when a program of this text certainly starts something, or defines no application: it need not be asked about. */
export function mayEndAtOnce(source: string): boolean {
  return !source.includes('__main__') && /\b(?:app|application|api)\b/.test(source);
}

/** What makes a page of Gradio that can be launched. */
const GRADIO = /^gradio\.(?:\w+\.)*(?:Blocks|\w*Interface|Parallel|Series|load)$/;

/** The variable that holds what Gradio is to launch: the last one, as a script builds it from the others. */
export function gradioPage(answer: SourceAnswer): Definition | undefined {
  if ('problem' in answer) return undefined;
  return answer.names.findLast((one) => one.is === 'value' && GRADIO.test(one.of[0] ?? ''));
}

/** The libraries for pages that a text may import. */
export function mentions(source: string, library: PageServer): boolean {
  return new RegExp(`^\\s*(?:import|from) ${library}\\b`, 'm').test(source);
}
