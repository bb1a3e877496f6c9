import type { Reader } from '../execute/reader.ts';
import type { Failure } from '../failures/failure.ts';
import type { Notice } from '../failures/notice.ts';
import { isNear } from './misspelt.ts';
import { isWithin, join } from './paths.ts';
import { readHead, type ScriptHead } from './script-head.ts';
import type { Settings } from './settings/read.ts';

/** The programs of a project that assemble and run start, in their order. */
export const HOOK_NAMES = ['pre-install', 'post-install', 'verify', 'pre-run'] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** Where they are, in the source. */
const FOLDER = '.s2i/hooks';

/** What stands where a hook would, and how it begins. */
export interface UserHook {
  readonly name: HookName;
  /** Relative to the source. */
  readonly file: string;
  /** `outside`: a link that leads out of the source. */
  readonly is: 'file' | 'directory' | 'dangling' | 'other' | 'outside';
  readonly executable: boolean;
  readonly head: ScriptHead;
}

/** What a folder of hooks tells before any of them runs. */
export interface UserHooks {
  readonly found: readonly UserHook[];
  /** Texts of those that can change what is installed. */
  readonly texts: readonly (readonly [file: string, text: string])[];
  readonly notices: readonly Notice[];
  readonly failures: readonly Failure[];
}

/** A hook of the source in `root`; undefined where there is none, or where none is wanted. `path` is the PATH it would run with. */
export function readUserHook(
  reader: Reader,
  settings: Settings,
  { root, name, path }: { readonly root: string; readonly name: HookName; readonly path: string },
): UserHook | undefined {
  const file = join(FOLDER, name);
  const place = join(root, file);
  const type = settings.text('S2I_USER_HOOKS')?.value === 'off' ? undefined : reader.stat(place)?.type;
  if (type === undefined) return undefined;
  const inside = isWithin(reader.resolve(place) ?? place, reader.resolve(root) ?? root);
  const head: ScriptHead = type === 'file' ? readHead(reader, place, path) : { kind: 'program' };
  // As with a shell: a root that shows no /bin at all says nothing about programs.
  const told = head.kind !== 'interpreter' || reader.stat('/bin') !== undefined ? head : { ...head, exists: true };
  return { name, file, is: inside ? type : 'outside', executable: reader.executable(place), head: told };
}

/** Looks at all of them, and at what else lies there: nobody means a file in this folder not to be a hook. */
export function readUserHooks(reader: Reader, settings: Settings, root: string, path: string): UserHooks {
  const folder = join(root, FOLDER);
  const names = reader.list(folder)?.names ?? [];
  const type = reader.stat(folder)?.type;
  if (settings.text('S2I_USER_HOOKS')?.value === 'off') return { ...NONE, notices: type === undefined ? [] : [SWITCHED_OFF] };
  if (type !== undefined && type !== 'directory') return { ...NONE, failures: [{ kind: 'hook-folder', path: FOLDER }] };
  const found = HOOK_NAMES.flatMap((name) => readUserHook(reader, settings, { root, name, path }) ?? []);
  const strangers = names.flatMap((name) => (isHook(name) || name.startsWith('.') ? [] : [name]));
  const meant = strangers.flatMap((name) => meantBy(name, names).map((hook) => ({ name, hook })));
  return {
    found,
    texts: found.flatMap(({ file }) => textOf(reader, root, file)),
    notices: strangers
      .filter((name) => !meant.some((one) => one.name === name) && isProgram(reader, join(folder, name)))
      .map((name) => ({
        kind: 'text',
        level: 'warning',
        text: `${join(FOLDER, name)} is no hook, so nothing runs it. ${THERE_ARE}`,
      })),
    failures: meant.map(({ name, hook }) => ({ kind: 'hook-misspelt', path: join(FOLDER, name), meant: hook })),
  };
}

const NONE: UserHooks = { found: [], texts: [], notices: [], failures: [] };
const THERE_ARE = `There are ${HOOK_NAMES.join(', ')}.`;
const SWITCHED_OFF: Notice = { kind: 'text', level: 'info', text: `Nothing in ${FOLDER} is run: S2I_USER_HOOKS=off.` };

/** Whether a name is that of a hook. */
export function isHook(name: string): boolean {
  return HOOK_NAMES.some((one) => one === name);
}

/** The hook that is not there and that a name can be a typing error of, an ending and underscores apart. */
function meantBy(name: string, names: readonly string[]): readonly HookName[] {
  const bare = name.replace(/\.(?:sh|bash|py)$/, '').replaceAll('_', '-');
  return HOOK_NAMES.filter((hook) => !names.includes(hook) && isNear(bare, hook, 2)).slice(0, 1);
}

function isProgram(reader: Reader, path: string): boolean {
  return reader.stat(path)?.type === 'file' && reader.executable(path);
}

function textOf(reader: Reader, root: string, file: string): readonly (readonly [string, string])[] {
  const read = /-install$/.test(file) ? reader.readText(join(root, file)) : undefined;
  return read?.ok === true ? [[file, read.text]] : [];
}

/** Why a hook cannot be started; undefined when it can, as far as its file tells. */
export function hookFailure(
  { file: path, is, executable, head }: UserHook,
  { shell, python }: { readonly shell: boolean; readonly python: string | undefined },
): Failure | undefined {
  if (is !== 'file') return { kind: 'hook-no-file', path, is };
  if (!executable) return { kind: 'script-not-executable', path };
  if (head.kind === 'program') return undefined;
  if (head.kind === 'shell-text') return { kind: 'script-bare', path };
  if (head.carriageReturn) return { kind: 'script-crlf', path };
  const { interpreter, exists } = head;
  if (exists) return undefined;
  return shell
    ? { kind: 'script-interpreter-missing', path, interpreter }
    : { kind: 'no-shell', subject: path, program: interpreter, python };
}
