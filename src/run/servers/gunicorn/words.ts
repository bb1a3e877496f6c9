/**
 * Splits text as gunicorn splits GUNICORN_CMD_ARGS: Python's `shlex.split`, POSIX mode, without comments.
 * Undefined when a quote or a backslash at the end is left open.
 */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; ) {
    const next = text.charAt(at);
    if (' \t\r\n'.includes(next)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    const piece = readPiece(text, at);
    if (piece === undefined) return undefined;
    word = (word ?? '') + piece.text;
    at = piece.end;
  }
  return word === undefined ? words : [...words, word];
}

/** A quoted part, an escaped character, or one plain character; undefined when it is left open. */
function readPiece(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const next = text.charAt(at);
  if (next === '\\') return at + 1 < text.length ? { text: text.charAt(at + 1), end: at + 2 } : undefined;
  if (next === "'") {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? undefined : { text: text.slice(at + 1, end), end: end + 1 };
  }
  return next === '"' ? readDoubleQuoted(text, at + 1) : { text: next, end: at + 1 };
}

/** Inside double quotes a backslash escapes only `"` and itself. */
function readDoubleQuoted(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  let read = '';
  for (let at = from; at < text.length; at += 1) {
    const next = text.charAt(at);
    if (next === '"') return { text: read, end: at + 1 };
    const escaped = next === '\\' ? text[at + 1] : undefined;
    if (next === '\\' && escaped === undefined) return undefined;
    if (escaped === '"' || escaped === '\\') at += 1;
    read += escaped === '"' || escaped === '\\' ? escaped : next;
  }
  return undefined;
}

/** The configuration file that arguments of gunicorn name. An empty name is none. */
export function configurationIn(words: readonly string[]): string | undefined {
  const named = words.flatMap((word, at) => {
    const [, option, value] = /^(-c|--config(?:=|$))(.*)$/.exec(word) ?? [];
    return option === undefined ? [] : (value === '' && !word.endsWith('=') ? words[at + 1] : value) || [];
  });
  return named.at(-1);
}

/** The number of workers that arguments of gunicorn name; the last one counts. */
export function workersIn(words: readonly string[]): number | undefined {
  const named = words.flatMap((word, at) => {
    const [, option, value] = /^(-w|--workers(?:=|$))(.*)$/.exec(word) ?? [];
    return option === undefined ? [] : (value === '' ? words[at + 1] : value) || [];
  });
  const last = named.at(-1);
  return last !== undefined && /^[0-9]+$/.test(last) ? Number(last) : undefined;
}
