/** The one shape of every error text. */
export interface Message {
  /** The fact, in one sentence. */
  readonly title: string;
  /** What was found, the offending value quoted. */
  readonly found?: readonly string[];
  readonly expected?: string;
  /** What to check, the likeliest first. */
  readonly checks?: readonly string[];
  /** The exact bytes to write, and where. */
  readonly write?: Writing | readonly Writing[];
  /** How to go on without mending it. */
  readonly wayOut?: string;
}

export interface Writing {
  readonly where: string;
  readonly text: string;
}

/** How the failures of a union are put into words: does not compile until each kind has its own. */
export type Words<F extends { readonly kind: string }> = {
  readonly [Kind in F['kind']]: (failure: Extract<F, { kind: Kind }>) => Message;
};

/** Lays a message out as the log shows it (without the leading `ERROR: `). */
export function renderMessage(message: Message): string {
  const lines = [visible(message.title)];
  for (const line of message.found ?? []) lines.push(`  ${visible(line)}`);
  if (message.expected !== undefined) lines.push(`  Expected: ${message.expected}`);
  const checks = message.checks ?? [];
  checks.forEach((check, index) => {
    lines.push(checks.length === 1 ? `  Check: ${check}` : `  ${index + 1}. ${check}`);
  });
  for (const { where, text } of writings(message)) {
    lines.push(`  ${where.startsWith('a terminal') ? 'Run' : 'Write'} in ${where}:`);
    for (const line of text.split('\n')) lines.push(`      ${line}`);
  }
  if (message.wayOut !== undefined) lines.push(`  Way out: ${message.wayOut}`);
  return lines.join('\n');
}

function writings({ write = [] }: Message): readonly Writing[] {
  return 'where' in write ? [write] : write;
}

/** Control characters written out: a value that is quoted must neither break the layout nor steer the terminal. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, (character) =>
    character === '\n' ? '\\n' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Without the colour codes that some tools print even into a pipe. */
export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/\x1b\[[0-9;]*m/g, '');
}
