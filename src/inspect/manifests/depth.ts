/** Deeper manifests are refused: no tool needs it, and parsers recurse. */
export const MAX_DEPTH = 64;

/** Larger manifests are refused. Bytes. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** True when brackets outside of strings and comments nest deeper than `limit`. Works for JSON and TOML alike. */
export function exceedsDepth(text: string, limit: number): boolean {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (quote !== '') {
      if (char === '\\' && quote === '"') index++;
      else if (char === quote || char === '\n') quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '{') {
      depth++;
      if (depth > limit) return true;
    } else if (char === ']' || char === '}') depth--;
  }
  return false;
}
