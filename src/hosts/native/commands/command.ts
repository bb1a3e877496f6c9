import * as posix from 'posix';

/** One thing the program does, by the name it is called with. */
export interface Command {
  readonly name: string;
  /** For the list of commands. */
  readonly does: string;
  /** Takes the arguments as bytes, gives the exit status. */
  readonly run: (words: readonly string[]) => number;
}

/** Arguments as text; what is no UTF-8 is shown with U+FFFD. */
export function textOf(word: string): string {
  return posix.fromBytes(word) ?? word.replace(/[\x80-\xff]+/g, '\ufffd');
}

export function complain(text: string): void {
  posix.write(2, posix.toBytes(text));
}

export function print(text: string): void {
  posix.write(1, posix.toBytes(text));
}
