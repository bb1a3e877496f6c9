import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/temporary.ts';

/** The beginning of a Dockerfile of 2 MB with a shell and the usual small programs; needs nothing from anywhere. */
export const tinyBase = `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
`;

export interface TinyContext {
  readonly context: string;
  readonly dockerfile: string;
}

/** A build context with these files and the program that `tinyBase` copies; gone when the test has finished. */
export function tinyContext(dockerfile: string, files: Readonly<Record<string, string>> = {}): TinyContext {
  return tinyContextIn(temporaryDirectory(), dockerfile, files);
}

/** The same in a folder of the caller. */
export function tinyContextIn(context: string, dockerfile: string, files: Readonly<Record<string, string>> = {}): TinyContext {
  cpSync('/bin/busybox', join(context, 'busybox'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(context, name), text);
  writeFileSync(join(context, 'Dockerfile'), dockerfile);
  return { context, dockerfile: join(context, 'Dockerfile') };
}
