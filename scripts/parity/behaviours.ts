/** What we do about one item of `docs/upstream/hooks.md`. */
export interface Behaviour {
  readonly item: number;
  readonly title: string;
  /** `same`: as upstream. `fixed`: deliberately different. `not-ours`: nothing a hook could show. */
  readonly verdict: 'same' | 'fixed' | 'not-ours';
  /** `fixed`: the anchor of an entry in `docs/differences.md`. `not-ours`: the reason. */
  readonly where?: string;
}

const VERDICTS = ['same', 'fixed', 'not-ours'] as const;
const LONGEST_TITLE = 100;

/** Parses `docs/upstream/behaviours.json`. Throws, naming the entry, when one does not have this shape. */
export function parseBehaviours(text: string): readonly Behaviour[] {
  const entries: unknown = JSON.parse(text);
  if (!Array.isArray(entries)) throw new Error('behaviours.json: expected a list');
  return entries.map((entry: unknown, index) => parseBehaviour(entry, `behaviours.json, entry ${index + 1}`));
}

function parseBehaviour(entry: unknown, place: string): Behaviour {
  if (typeof entry !== 'object' || entry === null) throw new Error(`${place}: expected an object`);
  const { item, title, verdict, where } = entry as Record<string, unknown>;
  if (typeof item !== 'number' || !Number.isInteger(item)) throw new Error(`${place}: item has to be a whole number`);
  if (typeof title !== 'string' || title === '' || title.length > LONGEST_TITLE) {
    throw new Error(`${place}: title has to be a text of at most ${LONGEST_TITLE} characters`);
  }
  const known = VERDICTS.find((name) => name === verdict);
  if (known === undefined) throw new Error(`${place}: verdict has to be one of ${VERDICTS.join(', ')}`);
  if (known === 'same') return { item, title, verdict: known };
  if (typeof where !== 'string' || where === '') throw new Error(`${place}: "${known}" needs where`);
  return { item, title, verdict: known, where };
}

/** The numbers of the items that `docs/upstream/hooks.md` states, in its order. */
export function parseItems(markdown: string): readonly number[] {
  return [...markdown.matchAll(/^- \*\*B(\d+)\*\*/gm)].map(([, digits]) => Number(digits));
}

/** The anchors of a page: every `<a id="…">` in it, in its order. */
export function parseAnchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, anchor = '']) => anchor);
}
