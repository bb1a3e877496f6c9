/** A command line taken apart, or that it needs a shell. */
export type CommandLine = { readonly is: 'words'; readonly words: readonly [string, ...string[]] } | { readonly is: 'shell' };

const SHELL: CommandLine = { is: 'shell' };
/** What a shell gives a meaning to outside of quotes. `$` is looked at by itself. */
const SYNTAX = /[|&;<>()`*?[\]{}!\n]/;
/** Programs that only a shell has. */
const BUILTINS = /^(?:\.|:|cd|eval|export|if|for|while|case|read|set|source|test|trap|ulimit|umask|unset|wait)$/;

/**
 * Splits a command as a shell would, when nothing in it needs one: words, quotes, and `$NAME` or `${NAME}`. `lookUp` gives a
 * variable's value, or undefined to leave the variable as it is written.
 */
export function splitCommand(command: string, lookUp: LookUp): CommandLine {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < command.length; ) {
    const next = command.charAt(at);
    if (next === ' ' || next === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    const starts = word === undefined;
    if (SYNTAX.test(next) || (starts && (next === '~' || next === '#'))) return SHELL;
    const piece = readPiece(command, at, lookUp);
    if (piece === undefined) return SHELL;
    // A variable that is empty is no word, unless it is quoted.
    if (next !== '$' || piece.text !== '' || !starts) word = (word ?? '') + piece.text;
    at = piece.end;
  }
  if (word !== undefined) words.push(word);
  const own = words[0] === 'exec' ? words.slice(1) : words;
  const [program, ...rest] = own;
  // An assignment in front of a program, and what only a shell knows.
  if (program === undefined || /^[A-Za-z_]\w*=/.test(program) || BUILTINS.test(program)) return SHELL;
  return { is: 'words', words: [program, ...rest] };
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

type LookUp = (name: string) => string | undefined;

function readPiece(command: string, at: number, lookUp: LookUp): Piece | undefined {
  const next = command.charAt(at);
  if (next === "'") {
    const end = command.indexOf("'", at + 1);
    return end < 0 ? undefined : { text: command.slice(at + 1, end), end: end + 1 };
  }
  if (next === '"') return readQuoted(command, at + 1, lookUp);
  if (next === '\\') return at + 1 < command.length ? { text: command.charAt(at + 1), end: at + 2 } : undefined;
  if (next !== '$') return { text: next, end: at + 1 };
  const variable = readVariable(command, at, lookUp);
  // Outside of quotes a shell would split such a value, or look for files.
  return variable === undefined || /[\s*?[]/.test(variable.text) ? undefined : variable;
}

function readQuoted(command: string, from: number, lookUp: LookUp): Piece | undefined {
  let text = '';
  for (let at = from; at < command.length; ) {
    const next = command.charAt(at);
    if (next === '"') return { text, end: at + 1 };
    if (next === '`') return undefined;
    const escaped = next === '\\' && /["\\$`]/.test(command.charAt(at + 1));
    const piece =
      next === '$'
        ? readVariable(command, at, lookUp)
        : { text: command.charAt(escaped ? at + 1 : at), end: at + (escaped ? 2 : 1) };
    if (piece === undefined) return undefined;
    text += piece.text;
    at = piece.end;
  }
  return undefined;
}

const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y;

function readVariable(command: string, at: number, lookUp: LookUp): Piece | undefined {
  VARIABLE.lastIndex = at;
  const found = VARIABLE.exec(command);
  const name = found?.[1] ?? found?.[2];
  if (found === null || name === undefined) return undefined;
  return { text: lookUp(name) ?? found[0], end: at + found[0].length };
}

/** The variables that a command mentions. */
export function variablesOf(command: string): readonly string[] {
  return [...command.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
}
