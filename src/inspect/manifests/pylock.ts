import { normaliseName } from '../installed.ts';

export interface PylockEntry {
  readonly name: string;
  /** `''` where the lock names none: a folder, a repository. */
  readonly version: string;
  readonly text: string;
}

/** The packages of pylock.toml (PEP 751), each with its part of the text. */
export function pylockEntries(lock: string): readonly PylockEntry[] {
  return lock.split(/^\[\[packages\]\]$/m).flatMap((text) => {
    const [, name, version = ''] = /^\nname = "([^"\n]+)"(?:\nversion = "([^"\n]+)")?/.exec(text) ?? [];
    return name === undefined ? [] : [{ name: normaliseName(name), version, text }];
  });
}
