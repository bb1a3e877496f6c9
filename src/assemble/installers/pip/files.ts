import type { Reader } from '../../../execute/reader.ts';
import { readIncoming } from '../../../inspect/incoming.ts';
import { join } from '../../../inspect/paths.ts';

/** What pip's files may say that other tools have to know, by the names of its variables. */
const KEYS = /^(index-url|extra-index-url|find-links|no-index|trusted-host)$/;
const LIMITS = { maxBytes: 64 * 1024 };

/**
 * What pip's files say about indexes, by the names of the variables that count more. Later files count more, and `[install]`
 * more than `[global]`; with PIP_CONFIG_FILE there are no files of the user (docs/upstream/installers.md, I1).
 */
export function readPipFiles(reader: Reader, appRoot: string): Readonly<Record<string, string>> {
  const { HOME: home = '/', XDG_CONFIG_HOME: xdg = '', PIP_CONFIG_FILE: named = '' } = reader.environment;
  if (named === '/dev/null') return {};
  const own = named !== '' && readIncoming(reader, named, LIMITS).ok;
  const user = [join(home, '.pip/pip.conf'), join(xdg === '' ? join(home, '.config') : xdg, 'pip/pip.conf')];
  const files = [
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
    ...(own ? [] : user),
    join(appRoot, 'pip.conf'),
    ...(own ? [named] : []),
  ];
  const read = files.flatMap((file) => {
    const text = readIncoming(reader, file, LIMITS);
    return text.ok ? [text.text] : [];
  });
  return Object.fromEntries(['global', 'install'].flatMap((section) => read.flatMap((text) => entriesOf(text, section))));
}

/** `key = value`, over several lines when these are indented. */
function entriesOf(text: string, section: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  let [inside, reading] = [false, false];
  for (const line of text.split(/\r?\n/).filter((one) => !/^\s*[#;]/.test(one))) {
    const [, name] = /^\[([^\]]*)\]/.exec(line) ?? [];
    const [, key = '', value = ''] = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (name !== undefined) inside = name === section;
    if (/^\S/.test(line)) reading = inside && KEYS.test(key);
    else if (reading && last !== undefined) last[1] = `${last[1]} ${line.trim()}`.trim();
    if (reading && key !== '') found.push([`PIP_${key.toUpperCase().replace(/-/g, '_')}`, value.trim()]);
  }
  return found;
}
