import type { StartHint } from '../failures/kinds/serving.ts';
import { startsItself } from '../inspect/applications/judge.ts';
import type { RunFacts } from './facts.ts';

/** What is there and would be started if one line more said so: the likeliest, for where nothing is. */
export function couldStart({ procfile, serving }: RunFacts): { readonly hint?: StartHint } {
  const [process] = procfile?.processes ?? [];
  if (process !== undefined) return { hint: { is: 'process', name: process.name } };
  const script = serving?.sources.scripts.find(({ installed }) => installed);
  if (script !== undefined) return { hint: { is: 'script', name: script.name } };
  const answer = serving?.sources.answer;
  const files = answer?.is === 'read' ? answer.files : {};
  const file = serving?.sources.files.find((one) => one.of !== 'package' && startsItself(files[one.file]))?.file;
  if (file !== undefined) return { hint: { is: 'program', file } };
  const [below] = serving?.below ?? [];
  return below === undefined ? {} : { hint: { is: 'folder', file: below } };
}
