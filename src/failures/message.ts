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
  readonly write?: { readonly where: string; readonly text: string };
  /** How to go on without mending it. */
  readonly wayOut?: string;
}

/** Lays a message out as the log shows it (without the leading `ERROR: `). */
export function renderMessage(message: Message): string {
  const lines = [message.title];
  for (const line of message.found ?? []) lines.push(`  ${line}`);
  if (message.expected !== undefined) lines.push(`  Expected: ${message.expected}`);
  const checks = message.checks ?? [];
  checks.forEach((check, index) => {
    lines.push(checks.length === 1 ? `  Check: ${check}` : `  ${index + 1}. ${check}`);
  });
  if (message.write !== undefined) {
    lines.push(`  Write in ${message.write.where}:`);
    for (const line of message.write.text.split('\n')) lines.push(`      ${line}`);
  }
  if (message.wayOut !== undefined) lines.push(`  Way out: ${message.wayOut}`);
  return lines.join('\n');
}
