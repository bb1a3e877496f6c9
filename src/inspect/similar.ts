import { isNear } from './misspelt.ts';

/** Names that could have been meant: typing errors away, else with the same ending. At most five. */
export function findSimilar(names: readonly string[], wanted: string): readonly string[] {
  const others = names.filter((name) => name !== wanted);
  const near = others.filter((name) => isNear(name, wanted, wanted.length < 5 ? 1 : 2));
  const ending = /\.[a-z0-9]+$/.exec(wanted.toLowerCase())?.[0];
  const alike = others.filter((name) => ending !== undefined && name.toLowerCase().endsWith(ending));
  return (near.length > 0 ? near : alike).slice(0, 5);
}
