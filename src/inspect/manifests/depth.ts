/** Deeper manifests are refused: no tool needs it, and parsers recurse. */
export const MAX_DEPTH = 64;

/** Larger manifests are refused. Bytes. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** True when brackets outside of strings and comments nest deeper than `limit`. Works for JSON and TOML alike. */
export function exceedsDepth(text: string, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '"' || char === "'") index = endOfString(text, index, char);
    else if (char === '#') index = endOfLine(text, index);
    else if (char === '[' || char === '{') {
      depth++;
      if (depth > limit) return true;
    } else if (char === ']' || char === '}') depth--;
  }
  return false;
}

/** Index of the last character of the string that begins at `start`; TOML's with three quotes may hold line breaks. */
function endOfString(text: string, start: number, quote: string): number {
  const long = text.startsWith(quote.repeat(3), start);
  const end = long ? quote.repeat(3) : quote;
  for (let index = start + end.length; index < text.length; index++) {
    if (text[index] === '\\' && quote === '"') index++;
    else if (text.startsWith(end, index)) return index + end.length - 1;
    else if (text[index] === '\n' && !long) return index;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
