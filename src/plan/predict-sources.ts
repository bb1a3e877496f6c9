import type { Command } from '../execute/effect.ts';
import type { Reader } from '../execute/reader.ts';
import type { Definition, SourceAnswer, SourcesAnswer } from '../inspect/applications/answer.ts';
import { mentions } from '../inspect/applications/judge.ts';
import { join } from '../inspect/paths.ts';

/**
 * What Python's parser is likely to answer, from the text alone: for a plan made where there is no Python. It sees imports,
 * assignments and functions at the left edge of a file and follows nothing, so a plan that rests on it says so.
 */
export function predictSources(reader: Reader, { argv, directory }: Command): SourcesAnswer {
  // Everything behind the program and the folders is a file.
  const files = argv.slice(argv.indexOf('-c') + 3);
  const answers = files.map((file): readonly [string, SourceAnswer] => {
    const read = reader.readText(join(directory, file));
    return [file, read.ok ? readRoughly(read.text) : { problem: read.problem.what }];
  });
  return { is: 'read', files: Object.fromEntries(answers) };
}

function readRoughly(source: string): SourceAnswer {
  const lines = source.split(/\r?\n/);
  const imports = importsOf(source);
  const resolve = (dotted: string) => {
    const [head = '', ...rest] = dotted.split('.');
    return [imports.get(head) ?? head, ...rest].join('.');
  };
  const names: Definition[] = [];
  const calls: (readonly ['statement' | 'value', string])[] = [];
  lines.forEach((line, at) => {
    const entered = /^with ([\w.]+)\(.*\) as (\w+):/.exec(line);
    const assigned = /^(\w+)\s*(?::[^=]+)?=\s*([\w.]+)\(/.exec(line) ?? (entered && [entered[0], entered[2], entered[1]]);
    const defined = /^(async )?def (\w+)\(([^)]*)\)/.exec(line);
    const called = /^([\w.]+)\(/.exec(line)?.[1];
    if (assigned?.[1] !== undefined && assigned[2] !== undefined) {
      names.push({ name: assigned[1], line: at + 1, of: [resolve(assigned[2])], is: 'value', takes: 0, needs: 0 });
      calls.push(['value', resolve(assigned[2])]);
    } else if (defined?.[2] !== undefined) {
      const parameters = (defined[3] ?? '').split(',').filter((one) => one.trim() !== '');
      const needs = parameters.filter((one) => !one.includes('=') && !one.includes('*')).length;
      const is = defined[1] === undefined ? 'function' : 'coroutine';
      names.push({
        name: defined[2],
        line: at + 1,
        of: madeIn(lines.slice(at + 1), resolve),
        is,
        takes: parameters.length,
        needs,
      });
    } else if (called !== undefined) calls.push(['statement', resolve(called)]);
    else if (/^(?:while|raise)\b/.test(line)) calls.push(['statement', line.split(/\W/)[0] ?? '']);
  });
  return { main: /^if\b.*__name__/m.test(source), names, calls, follows: [], ...pageOf(source) };
}

function pageOf(source: string): Pick<Extract<SourceAnswer, { main: boolean }>, 'page'> {
  if (mentions(source, 'streamlit')) return { page: { of: 'streamlit', starts: /\bstreamlit\.web\b/.test(source) } };
  return mentions(source, 'gradio') ? { page: { of: 'gradio', starts: source.includes('.launch(') } } : {};
}

/** What is called for a value in the body that begins here. */
function madeIn(lines: readonly string[], resolve: (dotted: string) => string): readonly string[] {
  const end = lines.findIndex((line) => /^\S/.test(line));
  const body = end < 0 ? lines : lines.slice(0, end);
  return body.flatMap((line) => {
    const made = /(?:=|return)\s*([\w.]+)\(/.exec(line)?.[1];
    return made === undefined ? [] : [resolve(made)];
  });
}

function importsOf(source: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, module = '', list = ''] of source.matchAll(/^from ([\w.]+) import (\([^)]*\)|.*)$/gm)) {
    for (const [, name = '', other] of list.matchAll(/(\w+)(?:\s+as\s+(\w+))?/g)) names.set(other ?? name, `${module}.${name}`);
  }
  for (const [, module = '', other = ''] of source.matchAll(/^import ([\w.]+) as (\w+)/gm)) names.set(other, module);
  return names;
}
