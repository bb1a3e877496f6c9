import { depthChange, type LogicalLine, readLines, type Token } from './tokens.ts';

/** A statement of a module's own scope: nothing inside functions and classes. */
export interface Statement {
  /** False when it stands inside `if`, `try`, `for` … and may not be reached. */
  readonly always: boolean;
  readonly tokens: readonly Token[];
}

const BLOCKS = new Set(['if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with', 'match', 'case', 'async']);

/** The statements of a module in order; the body of a block follows its head. */
export function readStatements(source: string): readonly Statement[] {
  const statements: Statement[] = [];
  let hidden: number | undefined;
  for (const { indent, tokens } of readLines(source)) {
    if (hidden !== undefined && indent > hidden) continue;
    hidden = undefined;
    statements.push(...splitHead(indent > 0, tokens));
    if (opensScope(tokens)) hidden = indent;
  }
  return statements;
}

/** Every token of a module, in order, wherever it stands. */
export function readTokens(source: string): readonly Token[] {
  return readLines(source).flatMap((line) => line.tokens);
}

export function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}

/** Splits tokens at an operator that stands outside of all brackets. */
export function splitAt(tokens: readonly Token[], operator: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'operator') depth += depthChange(token.text);
    if (depth === 0 && isOperator(token, operator)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `if x: y = 1` is two statements: the head, and a body that may not be reached. */
function splitHead(nested: boolean, tokens: LogicalLine['tokens']): readonly Statement[] {
  const first = tokens[0];
  if (first?.kind !== 'name' || !BLOCKS.has(first.text) || opensScope(tokens)) return [{ always: !nested, tokens }];
  const colon = endOfHead(tokens);
  const body = colon < 0 ? [] : tokens.slice(colon + 1);
  if (colon < 0) return [{ always: !nested, tokens }];
  return [{ always: !nested, tokens: tokens.slice(0, colon) }, ...(body.length > 0 ? [{ always: false, tokens: body }] : [])];
}

function endOfHead(tokens: readonly Token[]): number {
  let depth = 0;
  let lambdas = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'name' && token.text === 'lambda') lambdas += 1;
    if (token.kind !== 'operator') return false;
    depth += depthChange(token.text);
    if (token.text !== ':' || depth > 0) return false;
    lambdas -= 1;
    return lambdas < 0;
  });
}

function opensScope(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  const word = first?.text === 'async' ? second : first;
  return word?.kind === 'name' && (word.text === 'def' || word.text === 'class');
}
