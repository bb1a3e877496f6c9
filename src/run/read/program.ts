import type { Reader } from '../../execute/reader.ts';
import { definesApplication, endsAtOnce, gradioPage, mayEndAtOnce, mentions } from '../../inspect/applications/judge.ts';
import { findLoopback } from '../../inspect/applications/loopback.ts';
import type { Settings } from '../../inspect/settings/read.ts';
import type { RunFacts, SoughtFile, SoughtProgram } from '../facts.ts';
import { isPageServer } from '../servers/page-servers.ts';
import type { ReadOptions } from './facts.ts';
import { readFile, readScript } from './script.ts';

/** Where programs are found. */
interface Programs {
  readonly path: string;
  readonly hasProgram: (name: string) => boolean;
}

/** Looks for the files that APP_SCRIPT and APP_FILE name, or their defaults; APP_MODULE switches the defaults off (B45). */
export function readScripts(
  reader: Reader,
  home: string,
  options: ReadOptions,
  { path, hasProgram }: Programs,
): Pick<RunFacts, 'script' | 'file'> {
  const { settings } = options.settings;
  const script = settings.text('APP_SCRIPT');
  const file = settings.text('APP_FILE');
  if (script !== undefined || file !== undefined || settings.text('APP_MODULE') !== undefined) {
    return {
      script: script && readScript(reader, home, script.value, script.source, path),
      file: file && readProgram(reader, readFile(reader, home, file.value, file.source), () => given(settings)),
    };
  }
  const fallback = { from: 'default' } as const;
  const first = readScript(reader, home, 'app.sh', fallback, path);
  const program = readFile(reader, home, 'app.py', fallback);
  return {
    script: first,
    file: readProgram(reader, program, (text) => (first.exists ? 'may-run' : readEnd(text, options, hasProgram))),
  };
}

/** A file that the user names is run as it is, or by the server for pages that the user names too. */
function given(settings: Settings): SoughtProgram['ends'] {
  const server = settings.text('APP_SERVER')?.value;
  return isPageServer(server) ? { needs: server } : 'may-run';
}

function readProgram(reader: Reader, file: SoughtFile, judge: (text: string) => SoughtProgram['ends']): SoughtProgram {
  const read = file.exists ? reader.readText(file.path) : undefined;
  if (read?.ok !== true) return { ...file, ends: 'may-run' };
  // Dash takes its address from HOST.
  const loopback = reader.environment.HOST === undefined ? findLoopback(read.text) : undefined;
  return {
    ...file,
    ends: judge(read.text),
    ...(mentions(read.text, 'gradio') ? { gradio: true } : {}),
    ...(loopback === undefined ? {} : { loopback }),
  };
}

/** Whether the default app.py does more than define an application object, or pages. */
function readEnd(text: string, { sourcesAnswer }: ReadOptions, hasProgram: Programs['hasProgram']): SoughtProgram['ends'] {
  const library = (['streamlit', 'gradio'] as const).find((one) => mentions(text, one) && hasProgram(one));
  if (library === undefined && !mayEndAtOnce(text)) return 'may-run';
  if (sourcesAnswer === undefined) return 'ask';
  const answer = sourcesAnswer.is === 'read' ? sourcesAnswer.files['app.py'] : undefined;
  if (answer === undefined || 'problem' in answer) return 'may-run';
  const definition = endsAtOnce(answer);
  if (definition !== undefined) return { atOnce: definition.name };
  const { page } = answer;
  if (page === undefined || page.of !== library || page.starts || definesApplication(answer)) return 'may-run';
  return page.of === 'streamlit' || gradioPage(answer) !== undefined ? { needs: page.of } : 'may-run';
}
