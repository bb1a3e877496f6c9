import { readLines } from './lines.ts';
import { depthChange, isOperator, readTokens, splitAt, type Token } from './tokens.ts';

/** A statement of a module's own scope: nothing inside functions and classes. */
export interface Statement {
  /** False when it stands inside `if`, `try`, `for` … and may not be reached. */
  readonly always: boolean;
  readonly tokens: readonly Token[];
}

const BLOCKS = new Set(['if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with', 'match', 'case', 'async']);
const SCOPE = /^(?:async\s+)?(?:def|class)\b/;

/**
 * The statements of a module that mention one of the words, in order; the body of a block follows its head. A word is any
 * part of the source text; the empty word is in all of them.
 */
export function readStatements(source: string, words: readonly string[]): readonly Statement[] {
  const statements: Statement[] = [];
  let hidden: number | undefined;
  for (const { indent, text } of readLines(source)) {
    if (hidden !== undefined && indent > hidden) continue;
    hidden = SCOPE.test(text) ? indent : undefined;
    if (!words.some((word) => text.includes(word))) continue;
    for (const tokens of splitAt(readTokens(text), ';')) statements.push(...splitHead(indent > 0, tokens));
  }
  return statements;
}

/** `if x: y = 1` is two statements: the head, and a body that may not be reached. */
function splitHead(nested: boolean, tokens: readonly Token[]): readonly Statement[] {
  const [first, second] = tokens;
  if (first === undefined) return [];
  const isBlock = first.kind === 'name' && BLOCKS.has(first.text) && second?.text !== 'def';
  const colon = isBlock ? endOfHead(tokens) : -1;
  if (colon < 0) return [{ always: !nested, tokens }];
  const body = tokens.slice(colon + 1);
  return [{ always: !nested, tokens: tokens.slice(0, colon) }, ...(body.length > 0 ? [{ always: false, tokens: body }] : [])];
}

function endOfHead(tokens: readonly Token[]): number {
  let depth = 0;
  let lambdas = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'name' && token.text === 'lambda') lambdas += 1;
    if (token.kind !== 'operator') return false;
    depth += depthChange(token.text);
    if (!isOperator(token, ':') || depth > 0) return false;
    lambdas -= 1;
    return lambdas < 0;
  });
}
