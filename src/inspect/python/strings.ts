/** The value of a string literal, and where it ends. `value` is undefined when it can only be known by running the program. */
export interface StringRead {
  readonly value: string | undefined;
  /** Index behind the closing quotes, or of the end of an unclosed string. */
  readonly end: number;
}

/** Reads a literal from behind its opening quotes. `prefix` is in lower case. */
export function readString(source: string, from: number, prefix: string, quotes: string): StringRead {
  const end =
    prefix.includes('f') || prefix.includes('t') ? endOfTemplate(source, from, quotes) : endOfPlain(source, from, quotes);
  const closed = source.startsWith(quotes, end);
  const behind = closed ? end + quotes.length : end;
  if (!closed || /[bft]/.test(prefix)) return { value: undefined, end: behind };
  const body = source.slice(from, end);
  return { value: prefix.includes('r') ? body : decode(body), end: behind };
}

const TEMPLATES = new Set(['f', 't', 'fr', 'rf', 'tr', 'rt']);

/** Up to three letters before a quote: three are no prefix but the end of a word. */
function prefixBefore(source: string, at: number): string {
  let start = at;
  while (start > 0 && at - start < 3 && /[A-Za-z]/.test(source.charAt(start - 1))) start -= 1;
  return source.slice(start, at).toLowerCase();
}

/** Where the string ends whose opening quote stands at `at`; the letters before it say whether it is a template. */
export function endOfString(source: string, at: number): number {
  const quote = source.charAt(at);
  const quotes = source.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  const from = at + quotes.length;
  const end = TEMPLATES.has(prefixBefore(source, at)) ? endOfTemplate(source, from, quotes) : endOfPlain(source, from, quotes);
  return source.startsWith(quotes, end) ? end + quotes.length : end;
}

function endOfPlain(source: string, from: number, quotes: string): number {
  const stop = quotes.length === 3 ? /[\\"']/g : /[\\"'\r\n]/g;
  stop.lastIndex = from;
  while (stop.test(source)) {
    const at = stop.lastIndex - 1;
    if (source[at] === '\\') stop.lastIndex += source.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (source.startsWith(quotes, at) || (quotes.length === 1 && /[\r\n]/.test(source.charAt(at)))) return at;
  }
  return source.length;
}

/** f-strings and t-strings hold expressions in braces, which since Python 3.12 may hold the same quotes. */
function endOfTemplate(source: string, from: number, quotes: string): number {
  let at = from;
  while (at < source.length && !source.startsWith(quotes, at)) {
    if (quotes.length === 1 && source[at] === '\n') return at;
    if (source[at] === '\\') at += 2;
    else if (source.startsWith('{{', at) || source.startsWith('}}', at)) at += 2;
    else if (source[at] === '{') at = endOfField(source, at + 1);
    else at += 1;
  }
  return Math.min(at, source.length);
}

function endOfField(source: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < source.length && depth > 0) {
    const next = source.charAt(at);
    if (next === '"' || next === "'") {
      const quotes = source.startsWith(next.repeat(3), at) ? next.repeat(3) : next;
      at = readString(source, at + quotes.length, '', quotes).end;
    } else if (next === ':' && depth === 1) at = endOfSpec(source, at + 1);
    else {
      if ('([{'.includes(next)) depth += 1;
      if (')]}'.includes(next)) depth -= 1;
      at += 1;
    }
  }
  return at;
}

/** A format specification is text (quotes are ordinary in it) up to the closing brace, which it leaves. */
function endOfSpec(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== '}' && source[at] !== '\n') {
    at = source[at] === '{' ? endOfField(source, at + 1) : at + 1;
  }
  return source[at] === '\n' ? source.length : at;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function decode(body: string): string | undefined {
  if (!body.includes('\\')) return body;
  let known = true;
  const decoded = body.replace(
    /\\(?:\r?\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, single?: string) => {
      const hexadecimal = x ?? u ?? long;
      if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      if (single === undefined) return '';
      if (single === 'N') known = false;
      return ESCAPES[single] ?? whole;
    },
  );
  return known ? decoded : undefined;
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
