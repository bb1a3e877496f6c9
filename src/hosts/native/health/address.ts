import type { Reader } from '../../../execute/reader.ts';
import { join, nameOf } from '../../../inspect/paths.ts';
import type { SettingsRead } from '../../../inspect/settings/read.ts';
import { planRun } from '../../../run/plan.ts';
import { readRunFacts } from '../../../run/read/facts.ts';
import { splitWords } from '../../../run/servers/gunicorn/words.ts';
import { portOf } from '../../../run/servers/port.ts';
import { readStored } from '../../../run/stored/stored.ts';

/** Where a server listens. */
export type Address =
  /** `hosts`: numeric addresses by which it is reached from here. */
  { readonly port: number; readonly hosts: readonly string[] } | { readonly socket: string };

const LOOPBACK = ['127.0.0.1', '::1'];

/** An address as servers are given it: `8080`, `:8080`, `0.0.0.0:8080`, `[::]:8080`, `unix:/path`. */
export function parseAddress(text: string): Address | undefined {
  const socket = /^(?:unix:(?:\/\/)?)?(\/.+)$/.exec(text)?.[1];
  if (socket !== undefined) return { socket };
  const [, host = '', digits = ''] = /^(?:tcp:\/\/)?(?:(.*):)?([0-9]{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (port < 1 || port > 65535) return undefined;
  const numeric = host.replace(/^\[(.*)\]$/, '$1');
  const own = /^[0-9.]+$|^[0-9a-f:]*:[0-9a-f:]*$/i.test(numeric) && !/^[0.:]*$/.test(numeric);
  return { port, hosts: own ? [numeric] : LOOPBACK };
}

const OPTION = /^(?:--(?:bind|port|listen|http|http-socket|uds)|-b|-p)$/;

/** The first address among the words of a command, by the options that servers have for it. */
export function addressIn(words: readonly string[]): Address | undefined {
  for (const [at, word] of words.entries()) {
    const [, option = word, value = words[at + 1] ?? ''] =
      /^(--[a-z-]+)=(.*)$|^(-b)(.+)$/.exec(word)?.filter((one) => one !== undefined) ?? [];
    // Of gunicorn's -p, a file, a number is told.
    const address = OPTION.test(option) && !(option === '-p' && !/^[0-9]+$/.test(value)) ? parseAddress(value) : undefined;
    if (address !== undefined) return address;
  }
  const served = words[words.indexOf('runserver') + 1];
  return words.includes('runserver') && served !== undefined ? parseAddress(served) : undefined;
}

/**
 * Where the application listens that run starts here: what its command names, or its configuration of gunicorn; else PORT. What
 * a script or a program of the project's own does is not known.
 */
export function listeningAddress(reader: Reader, settings: SettingsRead): Address {
  const { words, directory } = launchOf(reader, settings) ?? { words: [], directory: '' };
  const gunicorn = words.some((word) => nameOf(word) === 'gunicorn');
  const given = gunicorn ? (splitWords(reader.environment.GUNICORN_CMD_ARGS ?? '') ?? []) : [];
  return (
    addressIn(words) ??
    addressIn(given) ??
    (gunicorn ? configured(reader, directory, [...words, ...given]) : undefined) ?? {
      port: portOf(settings.settings),
      hosts: LOOPBACK,
    }
  );
}

function launchOf(reader: Reader, settings: SettingsRead) {
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
  return decision.kind === 'launch' ? { words: decision.launch.argv, directory: decision.launch.directory } : undefined;
}

/** `bind` of gunicorn's configuration file, where it is written as it is. */
function configured(reader: Reader, directory: string, words: readonly string[]): Address | undefined {
  const at = words.findIndex((word) => word === '--config' || word === '-c');
  const named = at < 0 ? words.find((word) => word.startsWith('--config='))?.slice(9) : words[at + 1];
  const read = reader.readText(
    join(directory, (named === undefined || named === '' ? 'gunicorn.conf.py' : named).replace(/^file:/, '')),
  );
  const bind = read.ok ? /^bind\s*=\s*[[(]?\s*(["'])([^"'\n]+)\1/m.exec(read.text)?.[2] : undefined;
  return bind === undefined ? undefined : parseAddress(bind);
}
