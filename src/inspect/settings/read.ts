import type { Failure } from '../../failures/failure.ts';
import type { Notice } from '../../failures/notice.ts';
import { type Fact, fromEnvironment } from '../fact.ts';
import { SETTINGS, type Setting, type SettingName } from './table.ts';

/** The settings a hook was given: every documented variable that is set, parsed once. */
export interface Settings {
  /** A text, path or choice; undefined when not set (an empty value is not set: B25, B45). */
  text(name: SettingName): Fact<string> | undefined;
  /** A switch or boolean; `value` false from `default` when not set. */
  on(name: SettingName): Fact<boolean>;
  integer(name: SettingName): Fact<number> | undefined;
}

export interface SettingsRead {
  readonly settings: Settings;
  readonly notices: readonly Notice[];
  readonly failures: readonly Failure[];
}

type Parsed = { readonly value: string | number | boolean; readonly notice?: Notice } | { readonly expected: string };

/** Parses the documented variables of one hook; all wrong values are reported together. */
export function readSettings(
  environment: Readonly<Record<string, string>>,
  hook: Setting['hooks'][number],
  undecodable: readonly string[] = [],
): SettingsRead {
  const values = new Map<string, string | number | boolean>();
  const notices: Notice[] = [];
  const failures: Failure[] = [];
  for (const setting of SETTINGS) {
    const raw = environment[setting.name];
    if (undecodable.includes(setting.name) && setting.hooks.includes(hook))
      failures.push({ kind: 'setting-not-text', setting: setting.name });
    if (raw === undefined || raw === '' || !setting.hooks.includes(hook)) continue;
    const parsed = parseSetting(setting, raw);
    if ('expected' in parsed) {
      failures.push({
        kind: 'setting-value',
        setting: setting.name,
        value: raw,
        expected: parsed.expected,
        example: setting.example,
      });
      continue;
    }
    if (parsed.value !== '') values.set(setting.name, parsed.value);
    if (parsed.notice) notices.push(parsed.notice);
  }
  return { settings: settingsFrom(values), notices, failures };
}

/** Settings over given values; tests build theirs with it. */
function settingsFrom(values: ReadonlyMap<string, string | number | boolean>): Settings {
  return {
    text: (name) => fact(name, values.get(name), 'string'),
    integer: (name) => fact(name, values.get(name), 'number'),
    on: (name) => fact(name, values.get(name), 'boolean') ?? { value: false, source: { from: 'default' } },
  };
}

type Named = { string: string; number: number; boolean: boolean };

function fact<K extends keyof Named>(name: string, value: unknown, type: K): Fact<Named[K]> | undefined {
  // The table gives each setting one type, so a value of another type means the wrong accessor was called.
  return typeof value === type ? { value: value as Named[K], source: fromEnvironment(name) } : undefined;
}

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];

function parseSetting({ name, is }: Setting, raw: string): Parsed {
  switch (is.type) {
    case 'switch':
      return FALSE.includes(raw.toLowerCase())
        ? { value: true, notice: { kind: 'switch-looks-off', setting: name, value: raw } }
        : { value: true };
    case 'boolean':
      if (TRUE.includes(raw.toLowerCase())) return { value: true };
      return FALSE.includes(raw.toLowerCase()) ? { value: false } : { expected: 'one of 1, true, yes, on or 0, false, no, off' };
    case 'text':
      return { value: raw };
    case 'unquoted-text':
      return unquote(name, raw);
    case 'choice':
      return is.choices.includes(raw) ? { value: raw } : { expected: `one of ${is.choices.join(', ')}` };
    case 'integer':
      return parseInteger(raw, is.least, is.most);
    case 'pattern':
      return is.pattern.test(raw) ? { value: raw } : { expected: is.expected };
    case 'absolute-path':
      return raw.startsWith('/') ? { value: raw.length > 1 ? raw.replace(/\/+$/, '') : raw } : { expected: 'an absolute path' };
  }
}

function parseInteger(raw: string, least: number, most: number): Parsed {
  const expected = `a whole number from ${least} to ${most}`;
  if (!/^\s*\+?[0-9]{1,9}\s*$/.test(raw)) return { expected };
  const value = Number(raw.trim());
  return value >= least && value <= most ? { value } : { expected };
}

function unquote(setting: string, raw: string): Parsed {
  const quoted = /^(["'])(.*)\1$/s.exec(raw);
  return quoted?.[2] === undefined
    ? { value: raw }
    : { value: quoted[2], notice: { kind: 'quotes-stripped', setting, value: raw } };
}
