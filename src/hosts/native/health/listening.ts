import type { Reader } from '../../../execute/reader.ts';
import { tableAt } from '../../../inspect/manifests/table.ts';
import { parseToml } from '../../../inspect/manifests/toml.ts';
import { join, nameOf } from '../../../inspect/paths.ts';
import type { SettingsRead } from '../../../inspect/settings/read.ts';
import { planRun } from '../../../run/plan.ts';
import { readRunFacts } from '../../../run/read/facts.ts';
import { configurationIn, splitWords } from '../../../run/servers/gunicorn/words.ts';
import { portOf } from '../../../run/servers/port.ts';
import { readStored } from '../../../run/stored/stored.ts';
import { type Address, addressIn, LOOPBACK, parseAddress } from './address.ts';

/** By what a server takes its port, where its command does not say it (docs/upstream/servers.md V2, V4, V12, V13). */
const VARIABLES = {
  uvicorn: 'UVICORN_PORT',
  granian: 'GRANIAN_PORT',
  flask: 'FLASK_RUN_PORT',
  streamlit: 'STREAMLIT_SERVER_PORT',
  gradio: 'GRADIO_SERVER_PORT',
} as const;

interface Started {
  readonly words: readonly string[];
  readonly directory: string;
  /** The programs that may be the server. */
  readonly programs: readonly string[];
  /** Its environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Where the application listens that run starts here: what its command names, or variables and files of its server; else PORT.
 * What a script or a program of the project's own does is not known.
 */
export function listeningAddress(reader: Reader, settings: SettingsRead): Address {
  const started = startedIn(reader, settings);
  const own =
    started && (addressIn(started.words) ?? byVariable(started) ?? byGunicorn(reader, started) ?? byStreamlit(reader, started));
  return own ?? { port: portOf(settings.settings), hosts: LOOPBACK };
}

function startedIn(reader: Reader, settings: SettingsRead): Started | undefined {
  const appRoot = settings.settings.text('APP_ROOT')?.value ?? '/opt/app-root';
  const stored = readStored(reader, appRoot, settings.settings);
  const decision = planRun(
    readRunFacts(reader, {
      place: { appRoot, directory: reader.directory },
      settings,
      depth: 'launch',
      systemRoot: '/',
      ...(stored.use === 'yes' ? { known: stored.facts } : {}),
    }),
  );
  if (decision.kind !== 'launch') return undefined;
  const { argv, directory, environment, server } = decision.launch;
  const variables = { ...reader.environment, ...environment.set };
  const words = inShell(argv, variables) ?? argv;
  // A script that is run as it is gets Gradio's variables where it imports that.
  const gradio = Object.keys(environment.set).some((name) => name.startsWith('GRADIO_')) ? ['gradio'] : [];
  return { words, directory, variables, programs: [server, ...gradio, ...words.map(nameOf)] };
}

/** The words of the last command in a line that a shell runs. */
function inShell(argv: readonly string[], variables: Started['variables']): readonly string[] | undefined {
  if (argv.at(-3) !== '/bin/sh' || argv.at(-2) !== '-c') return undefined;
  const last = (argv.at(-1) ?? '').split(/&&|[|;\n]/).at(-1) ?? '';
  const named = /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g;
  return splitWords(last.replace(named, (_, a, b, fallback) => variables[a ?? b] || (fallback ?? '')));
}

function byVariable({ programs, variables }: Started): Address | undefined {
  const names = Object.entries(VARIABLES).filter(([program]) => programs.includes(program));
  return names.map(([, name]) => parseAddress(variables[name] ?? '')).find((address) => address !== undefined);
}

/** GUNICORN_CMD_ARGS, or `bind` of gunicorn's configuration file, where it is written as it is. */
function byGunicorn(reader: Reader, { words, directory, programs, variables }: Started): Address | undefined {
  if (!programs.includes('gunicorn')) return undefined;
  const given = splitWords(variables.GUNICORN_CMD_ARGS ?? '') ?? [];
  const file = configurationIn(words) ?? configurationIn(given) ?? 'gunicorn.conf.py';
  const read = reader.readText(join(directory, file.replace(/^file:/, '')));
  const bind = read.ok ? /^bind\s*=\s*[[(]?\s*(["'])([^"'\n]+)\1/m.exec(read.text)?.[2] : undefined;
  return addressIn(given) ?? (bind === undefined ? undefined : parseAddress(bind));
}

/** `server.port` of its configuration file: the one of the folder counts more than that of the user. */
function byStreamlit(reader: Reader, { directory, programs, variables }: Started): Address | undefined {
  if (!programs.includes('streamlit')) return undefined;
  const ports = [directory, variables.HOME ?? '/'].map((folder) => {
    const read = reader.readText(join(folder, '.streamlit/config.toml'));
    const parsed = read.ok ? parseToml('config.toml', read.text) : undefined;
    return parsed && 'table' in parsed ? tableAt(parsed.table, 'server')?.port : undefined;
  });
  return parseAddress(String(ports.find((port) => port !== undefined) ?? ''));
}
