import { type Bytes, fromBytes, toBytes } from './bytes.ts';

/** Replaces secrets in byte strings. Built once; empty when there is nothing to hide. */
export interface Redactor {
  /** The text without secrets. */
  redact(bytes: Bytes): Bytes;
  /**
   * Splits a text that goes on: `ready` is redacted and may be printed, `rest` (unredacted) must be kept in front of
   * what comes next, because a secret may continue there.
   */
  cut(bytes: Bytes): { readonly ready: Bytes; readonly rest: Bytes };
}

const mask = '***';
/** Secrets of fewer bytes are hidden only where they can be nothing else. */
const shortest = 4;

/**
 * Hides each secret as it is, percent-encoded (every byte in either form, upper or lower case hexadecimal) and
 * percent-decoded. A secret of several lines is hidden line by line, because output comes in lines. One of fewer than
 * four bytes is hidden only where a URL has its password, or the log would become unreadable.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = allForms(secrets);
  if (forms.length === 0) return { redact: (bytes) => bytes, cut: (bytes) => ({ ready: bytes, rest: '' }) };
  const pattern = new RegExp(patternOf(forms), 'g');
  const longest = Math.max(...forms.map((form) => form.length * 3 + 2));
  const redact = (bytes: Bytes): Bytes => bytes.replace(pattern, (_, colon: string | undefined) => `${colon ?? ''}${mask}`);
  return { redact, cut: (bytes) => cut(bytes, pattern, longest) };
}

/** Whatever begins more than `longest` before the end is known as a whole, with what stands around it. */
function cut(bytes: Bytes, pattern: RegExp, longest: number): ReturnType<Redactor['cut']> {
  let end = Math.max(0, bytes.length - longest);
  let ready = '';
  let from = 0;
  for (const match of bytes.matchAll(pattern)) {
    const after = match.index + match[0].length;
    if (after > end) {
      end = Math.min(end, match.index);
      break;
    }
    ready += `${bytes.slice(from, match.index)}${match[1] ?? ''}${mask}`;
    from = after;
  }
  return { ready: ready + bytes.slice(from, end), rest: bytes.slice(end) };
}

/** Redacts a text. */
export function redactText(redactor: Redactor, text: string): string {
  const bytes = toBytes(text);
  const safe = redactor.redact(bytes);
  return safe === bytes ? text : (fromBytes(safe) ?? mask);
}

function allForms(secrets: readonly string[]): Bytes[] {
  const forms = new Set<Bytes>();
  for (const secret of secrets) {
    for (const line of secret.split(/[\r\n]+/)) {
      const literal = toBytes(line);
      forms.add(literal);
      forms.add(percentDecoded(literal));
    }
  }
  forms.delete('');
  return [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

function percentDecoded(bytes: Bytes): Bytes {
  return bytes.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Every form, the longest first; short ones only between `:` (which is captured, because it stays) and `@`. */
function patternOf(forms: readonly Bytes[]): string {
  const bodies = (chosen: readonly Bytes[]): string => chosen.map((form) => Array.from(form, eitherForm).join('')).join('|');
  const long = bodies(forms.filter((form) => form.length >= shortest));
  const short = bodies(forms.filter((form) => form.length < shortest));
  return `${long || '(?!)'}|(:)(?:${short || '(?!)'})(?=@)`;
}

/** A byte as it is or as `%NN`. */
function eitherForm(byte: string): string {
  const code = byte.charCodeAt(0).toString(16).padStart(2, '0');
  const digits = Array.from(code, (digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit)).join('');
  return `(?:\\x${code}|%${digits})`;
}
