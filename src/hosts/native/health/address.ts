/** Where a server listens. */
export type Address =
  /** `hosts`: numeric addresses by which it is reached from here. */
  { readonly port: number; readonly hosts: readonly string[] } | { readonly socket: string };

/** How what listens on every address is reached from here. */
export const LOOPBACK = ['127.0.0.1', '::1'];

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

const OPTION = /^(?:--(?:bind|port|server\.port|listen|http|http-socket|uds)|-b|-p)$/;

/** The first address among the words of a command, by the options that servers have for it. */
export function addressIn(words: readonly string[]): Address | undefined {
  for (const [at, word] of words.entries()) {
    const [, option = word, value = words[at + 1] ?? ''] =
      /^(--[a-z.-]+)=(.*)$|^(-b)(.+)$/.exec(word)?.filter((one) => one !== undefined) ?? [];
    // Of gunicorn's -p, a file, a number is told.
    const address = OPTION.test(option) && !(option === '-p' && !/^[0-9]+$/.test(value)) ? parseAddress(value) : undefined;
    if (address !== undefined) return address;
  }
  const served = words[words.indexOf('runserver') + 1];
  return words.includes('runserver') && served !== undefined ? parseAddress(served) : undefined;
}
