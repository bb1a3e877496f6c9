import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { Interpreter } from './stamp.ts';

/** How CPython's extension modules are called: the ABI stands before the ending (PEP 3149). */
const EXTENSION = /\.(cpython-[^.]+)\.so$/;

/**
 * What the interpreter of an environment is, as its standard library tells it: `pyvenv.cfg` names the folder of the
 * interpreter, and the extension modules next to it bear its ABI. Undefined when there are none, or of more than one ABI;
 * then the interpreter has to be asked, which takes as long as everything else that an unchanged build does.
 */
export function readInterpreter(reader: Reader, appRoot: string): Interpreter | undefined {
  const python = reader.list(join(appRoot, 'lib'))?.names.find((name) => /^python3\.[0-9]+$/.test(name));
  const configuration = reader.readText(join(appRoot, 'pyvenv.cfg'));
  const home = configuration.ok ? /^home\s*=\s*(.+?)\s*$/m.exec(configuration.text)?.[1] : undefined;
  if (python === undefined || home === undefined) return undefined;
  const [abi, ...others] = abisIn(reader, [join(home, '../lib', python), join(home, '../lib64', python)]);
  return abi === undefined || others.length > 0 ? undefined : { python: python.slice('python'.length), abi };
}

function abisIn(reader: Reader, libraries: readonly string[]): readonly string[] {
  const names = libraries.flatMap((library) => reader.list(join(library, 'lib-dynload'))?.names ?? []);
  return [...new Set(names.map((name) => EXTENSION.exec(name)?.[1]).filter((abi) => abi !== undefined))];
}
