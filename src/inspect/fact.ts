/** Where a fact was learnt. Every choice the toolkit prints carries one. */
export type Source =
  | { readonly from: 'file'; readonly file: string; readonly key?: string }
  | { readonly from: 'environment'; readonly name: string }
  | { readonly from: 'installed'; readonly distribution: string }
  | { readonly from: 'probe'; readonly question: string }
  | { readonly from: 'limit'; readonly of: string }
  | { readonly from: 'default' };

/** A value together with where it came from. */
export interface Fact<T> {
  readonly value: T;
  readonly source: Source;
}

export function fromFile(file: string, key?: string): Source {
  return key === undefined ? { from: 'file', file } : { from: 'file', file, key };
}

export function fromEnvironment(name: string): Source {
  return { from: 'environment', name };
}

/** Words for a source, as they stand in tables and messages. */
export function renderSource(source: Source): string {
  switch (source.from) {
    case 'file':
      return source.key === undefined ? source.file : `${source.key} in ${source.file}`;
    case 'environment':
      return source.name;
    case 'installed':
      return `${source.distribution} is installed`;
    case 'probe':
      return source.question;
    case 'limit':
      return source.of;
    case 'default':
      return 'default';
  }
}
