/** A call in a program's text that has it listen where nothing outside of the container reaches. */
export interface Loopback {
  /** As it is written, without arguments: `app.run`, `uvicorn.run`. */
  readonly call: string;
  readonly line: number;
}

/** Libraries whose `run` listens on 127.0.0.1 unless `host` says otherwise (docs/upstream/servers.md V15). */
const LIBRARY = /^[ \t]*(?:from|import) (?:flask|quart|dash|uvicorn)\b/m;
const CALL = /^[ \t]*(\w+\.run(?:_server)?)\(/gm;

/**
 * The first call of `run` that certainly listens on 127.0.0.1. What may say otherwise counts as saying so: a host that is no
 * literal, arguments handed on, a first argument of Flask's, SERVER_NAME, another `run` in the same file.
 */
export function findLoopback(text: string): Loopback | undefined {
  if (!LIBRARY.test(text) || /SERVER_NAME|\bHOST\b/.test(text)) return undefined;
  const calls = [...text.matchAll(CALL)].filter(([, call]) => !/^(?:asyncio|subprocess|anyio|trio)\./.test(call ?? ''));
  const [first] = calls;
  const call = first?.[1];
  if (first === undefined || call === undefined || calls.length > 1) return undefined;
  const words = argumentsAt(text, first.index + first[0].length);
  if (words === undefined || /\*/.test(words)) return undefined;
  const host = /\bhost\s*=\s*([^\s,)]+)/.exec(words)?.[1];
  const isHost = call !== 'uvicorn.run' && /^\s*[^\s=,][^=,]*(?:,|$)/.test(words);
  if (host === undefined ? isHost : !/^['"](?:127\.0\.0\.1|localhost)['"]$/.test(host)) return undefined;
  return { call, line: text.slice(0, first.index).split('\n').length };
}

/** What stands between the parentheses; undefined when they are not closed. */
function argumentsAt(text: string, from: number): string | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const next = text.charAt(at);
    depth += next === '(' ? 1 : next === ')' ? -1 : 0;
    if (depth === 0) return text.slice(from, at);
  }
  return undefined;
}
