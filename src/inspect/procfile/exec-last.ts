/** Words that begin no program: what only a shell knows, and the parts of its compound commands. */
const NO_PROGRAM =
  /^(?:\.|:|!|cd|eval|exec|exit|export|read|return|set|shift|source|test|time|trap|ulimit|umask|unset|wait|if|then|elif|else|fi|for|while|until|do|done|case|esac|function)$/;
/** One piece of a line: a quoted text, an operator, or a character of a word. */
const PIECE = /\$\{[^{}'"`$]*\}|'[^']*'|"(?:[^"\\$`]|\\.|\$(?!\())*"|\\.|[<>]&|&>|\|\||&&|[;&]|[^'"\\]/sy;
/** A word in front of a program that gives a variable its value. */
const ASSIGNMENT = /\s*[A-Za-z_]\w*=(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])*\s+/sy;

/**
 * A line for a shell, with `exec` in front of its last program: the program then takes the shell's place and gets the signals
 * that stop a container. A shell would end by them and leave the program to be killed. The line stays as it is where that may
 * change what it does: with pipes, groups, substitutions, `trap`, or when it ends in something that is no program.
 */
export function execLast(line: string): string {
  const from = lastCommand(line);
  if (from === undefined || /\btrap\b/.test(line)) return line;
  let at = from;
  for (let end = afterAssignment(line, at); end !== undefined; end = afterAssignment(line, at)) at = end;
  at += /^\s*/.exec(line.slice(at))?.[0].length ?? 0;
  const program = /^[\w./+-]+(?=\s|$)/.exec(line.slice(at))?.[0];
  return program === undefined || NO_PROGRAM.test(program) ? line : `${line.slice(0, at)}exec ${line.slice(at)}`;
}

function afterAssignment(line: string, at: number): number | undefined {
  ASSIGNMENT.lastIndex = at;
  return ASSIGNMENT.test(line) ? ASSIGNMENT.lastIndex : undefined;
}

/** Where the last command of the line begins; undefined where the line is not understood. */
function lastCommand(line: string): number | undefined {
  let from = 0;
  for (let at = 0; at < line.length; ) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(line)?.[0];
    if (piece === undefined || /^[|()`\n]$/.test(piece) || /^(?:<<|[{}]\s|#)/.test(line.slice(at))) return undefined;
    at += piece.length;
    if (/^(?:\|\||&&|[;&])$/.test(piece)) from = at;
  }
  return from;
}
