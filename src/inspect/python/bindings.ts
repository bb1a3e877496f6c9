import type { Statement } from './statements.ts';
import { isOperator, splitAt, type Token } from './tokens.ts';

/** What a module's statement does to a name: gives it a value, or takes every name of another module. */
export type Binding =
  | { readonly kind: 'name'; readonly name: string; readonly value: Value; readonly always: boolean }
  | { readonly kind: 'star'; readonly module: string; readonly always: boolean };

/** A value as far as it can be read: text, `None`, or only known by running the program. */
export type Value = { readonly is: 'text'; readonly text: string } | { readonly is: 'none' } | { readonly is: 'unknown' };

const UNKNOWN: Value = { is: 'unknown' };
const AUGMENTED = /^(?:\*\*|\/\/|>>|<<|[-+*/%@&|^])=$/;

/** The bindings of statements, in their order. */
export function readBindings(statements: readonly Statement[]): readonly Binding[] {
  return statements.flatMap(({ tokens, always }) => {
    const first = tokens[0];
    const word = first?.kind === 'name' ? first.text : '';
    if (word === 'from') return fromImport(tokens, always);
    if (word === 'import') return plainImport(tokens.slice(1), always);
    if (word === 'def' || word === 'class') return named(tokens.slice(1, 2), always);
    if (word === 'async') return named(tokens.slice(2, 3), always);
    if (word === 'for') return named(splitAt(untilName(tokens.slice(1), 'in'), ',').flat(), always);
    if (word === 'with' || word === 'except') return named(afterAs(tokens), always);
    return assignment(tokens, always);
  });
}

/** The value that the last statement gives to a name; undefined when none gives one. */
export function lastValue(bindings: readonly Binding[], name: string): Value | undefined {
  const own = bindings.filter((binding) => binding.kind === 'name').filter((binding) => binding.name === name);
  return own.at(-1)?.value;
}

/** The value of an expression. */
export function parseValue(tokens: readonly Token[]): Value {
  const inner = isOperator(tokens[0], '(') && isOperator(tokens.at(-1), ')') ? tokens.slice(1, -1) : tokens;
  if (inner.length === 1 && inner[0]?.kind === 'name' && inner[0].text === 'None') return { is: 'none' };
  const texts = inner.map((token) => (token.kind === 'string' ? token.value : undefined));
  if (texts.length === 0 || texts.includes(undefined)) return UNKNOWN;
  return { is: 'text', text: texts.join('') };
}

function assignment(tokens: readonly Token[], always: boolean): readonly Binding[] {
  const parts = splitAt(tokens, '=');
  const value = parseValue(parts.at(-1) ?? []);
  const targets = parts.slice(0, -1).flatMap((target) => bindTarget(splitAt(target, ':')[0] ?? [], value, always));
  const augmented = tokens.findIndex((token) => token.kind === 'operator' && AUGMENTED.test(token.text));
  const walrus = tokens.flatMap((token, at) => (isOperator(tokens[at + 1], ':=') ? named([token], always) : []));
  return [...targets, ...(augmented === 1 ? named(tokens.slice(0, 1), always) : []), ...walrus];
}

function bindTarget(target: readonly Token[], value: Value, always: boolean): readonly Binding[] {
  const [only] = target;
  if (target.length === 1 && only?.kind === 'name') return [{ kind: 'name', name: only.text, value, always }];
  const subscript = subscriptOf(target);
  if (subscript !== undefined) return [{ kind: 'name', name: subscript, value, always }];
  const items = splitAt(target, ',');
  return items.length > 1 || isOperator(only, '(') || isOperator(only, '[') ? named(target, always) : [];
}

/** `globals()["name"]` and its like. */
function subscriptOf(target: readonly Token[]): string | undefined {
  const [scope, open, close, left, key, right] = target;
  const isScope = scope?.kind === 'name' && ['globals', 'locals', 'vars'].includes(scope.text);
  const isCall = isOperator(open, '(') && isOperator(close, ')') && isOperator(left, '[') && isOperator(right, ']');
  return isScope && isCall && target.length === 6 && key?.kind === 'string' ? key.value : undefined;
}

function plainImport(tokens: readonly Token[], always: boolean): readonly Binding[] {
  return splitAt(tokens, ',').flatMap((item) => named(item.some(isAs) ? item.slice(-1) : item.slice(0, 1), always));
}

function fromImport(tokens: readonly Token[], always: boolean): readonly Binding[] {
  const head = untilName(tokens.slice(1), 'import');
  const module = head.map((token) => token.text).join('');
  const rest = tokens.slice(head.length + 2).filter((token) => !isOperator(token, '(') && !isOperator(token, ')'));
  if (isOperator(rest[0], '*')) return [{ kind: 'star', module, always }];
  return splitAt(rest, ',').flatMap((item) => named(item.slice(-1), always));
}

function named(tokens: readonly Token[], always: boolean): readonly Binding[] {
  return tokens.flatMap((token) =>
    token.kind === 'name' ? [{ kind: 'name' as const, name: token.text, value: UNKNOWN, always }] : [],
  );
}

function untilName(tokens: readonly Token[], word: string): readonly Token[] {
  const end = tokens.findIndex((token) => token.kind === 'name' && token.text === word);
  return end < 0 ? tokens : tokens.slice(0, end);
}

function afterAs(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((_, at) => isAs(tokens[at - 1]));
}

function isAs(token: Token | undefined): boolean {
  return token?.kind === 'name' && token.text === 'as';
}
