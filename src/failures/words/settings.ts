import type { SettingFailure } from '../kinds/settings.ts';
import type { Words } from '../message.ts';
import { quote } from './text.ts';

/** The words about settings. */
export const settingWords: Words<SettingFailure> = {
  'setting-value': ({ setting, value, expected, example }) => ({
    title: `${setting} has a value that cannot be used: ${quote(value)}`,
    expected,
    write: { where: 'the environment (-e, .s2i/environment or ENV)', text: `${setting}=${example}` },
    wayOut: `leave ${setting} unset to get its default.`,
  }),
  'setting-not-text': ({ setting }) => ({
    title: `${setting} holds bytes that are no UTF-8.`,
    expected: 'a value in UTF-8',
    checks: ['which encoding the file or terminal had in which the value was written'],
  }),
  'pipenv-and-micropipenv': () => ({
    title: 'Pipenv and micropipenv cannot be enabled at the same time!',
    found: ['ENABLE_PIPENV and ENABLE_MICROPIPENV are both set.'],
    expected: 'at most one of them',
    checks: [
      'the variables in .s2i/environment, -e and the image itself; any value that is not empty switches on, "0" and "false" too',
    ],
    wayOut: 'unset one of them; with neither, requirements.txt is installed with pip.',
  }),
  strict: ({ warning }) => ({ title: warning, wayOut: 'S2I_STRICT makes this warning an error; leave it unset to go on.' }),
};
