import { expect, test } from 'vitest';
import { readBuildSecrets } from '../../src/inspect/secrets.ts';
import { createScriptedReader } from '../support/scripted-reader.ts';

const HOME = '/opt/app-root/src';
const text = '[global]\nindex-url = https://reader:s3cret-word@index.example/simple\n';

test.each([
  ['.config/pip/pip.conf', { HOME }],
  ['.pip/pip.conf', { HOME }],
  ['deploy/pip.conf', { HOME, PIP_CONFIG_FILE: 'deploy/pip.conf' }],
])('a password in %s of a source that is not in its place yet', (name, environment) => {
  const reader = createScriptedReader({ files: { [`/tmp/src/${name}`]: text }, environment });
  expect(readBuildSecrets(reader).values).toContain('s3cret-word');
});

test('the pip.conf of the source takes the place of the one that is there', () => {
  const files = { '/tmp/src/.pip/pip.conf': text, [`${HOME}/.pip/pip.conf`]: text.replace('s3cret-word', 'an-older-word') };
  const { values } = readBuildSecrets(createScriptedReader({ files, environment: { HOME } }));
  expect(values).toContain('s3cret-word');
  expect(values).not.toContain('an-older-word');
});
