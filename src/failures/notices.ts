import type { Notice } from './notice.ts';

/** The words of every notice. */
export function renderNotice(notice: Notice): { readonly level: 'info' | 'warning'; readonly text: string } {
  switch (notice.kind) {
    case 'text':
      return notice;
    case 'switch-looks-off':
      return warning(
        `${notice.setting}=${notice.value} switches it ON: any value that is not empty does. Leave ${notice.setting} unset to switch it off.`,
      );
    case 'quotes-stripped':
      return info(
        `${notice.setting}=${notice.value}: the quotes were taken off (.s2i/environment and -e keep them as part of the value).`,
      );
    case 'setting-ignored':
      return info(`${notice.setting} is not used: ${notice.reason}.`);
    case 'secret-in-environment':
      return warning(
        `${notice.setting} holds a password and came by the environment, so it is stored in the image already. ` +
          'Mount a pip.conf instead: --mount=type=secret,id=pip.conf,target=/etc/pip.conf,uid=1001,gid=0',
      );
    case 'secret-in-manifest':
      return warning(
        `${notice.file}, line ${notice.line} holds a password. It is stored in the image with the source. Mount a pip.conf or netrc instead.`,
      );
    case 'manifest-bom':
      return info(
        `${notice.file} begins with a byte order mark (BOM). It is read all the same; save it as plain UTF-8 to be sure that every tool does.`,
      );
    case 'manifest-encoding':
      return warning(`${notice.file} ${ENCODINGS[notice.encoding]} ${asUtf8(notice.file, notice.encoding)}`);
    case 'manifest-no-file':
      return warning(`${notice.file} is ${notice.what}, not a file. It is passed over: nothing is read from it.`);
    case 'misspelt-name':
      return warning(
        `${notice.found} is not read by any tool. Did you mean ${notice.meant}? To use it: git mv ${notice.found} ${notice.meant}`,
      );
    case 'tool-settings-only':
      return info(
        `${notice.file} only configures tools: the application is not installed as a package because of it (${notice.disabledBy} would say so too).`,
      );
    case 'not-used':
      return info(`${notice.file} is not used: ${notice.reason}.`);
    case 'carried-along':
      return info(`${notice.name} (${notice.what}) came with the source. ${notice.advice}`);
  }
}

const ENCODINGS = {
  'UTF-16': 'is written in UTF-16. pip reads it, other tools do not. Save it as UTF-8:',
  'NUL bytes': 'holds NUL bytes, so it is UTF-16 without its mark, or no text at all. Save it as UTF-8:',
  unknown: 'is no UTF-8, and pip may not be able to read it. Save it as UTF-8; if it is Latin-1 now:',
} as const;

function asUtf8(file: string, encoding: keyof typeof ENCODINGS): string {
  const from = { 'UTF-16': 'UTF-16', 'NUL bytes': 'UTF-16LE', unknown: 'ISO-8859-1' }[encoding];
  return `iconv -f ${from} -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}`;
}

function info(text: string): { readonly level: 'info'; readonly text: string } {
  return { level: 'info', text };
}

function warning(text: string): { readonly level: 'warning'; readonly text: string } {
  return { level: 'warning', text };
}
