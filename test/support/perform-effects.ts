/** Performs by the Node host what its first argument asks (JSON), and ends standard error with the outcomes as a line of JSON. */
import { writeSync } from 'node:fs';
import { createNodeHost } from '../../src/hosts/node/index.ts';
import { type PerformRequest, performing } from './performing.ts';

const request = JSON.parse(process.argv[2] ?? '') as PerformRequest;
const { effects, hook = 'test', format = 'text', secrets = [], progress, umask } = request;
const host = createNodeHost({
  hook,
  ...(progress === undefined ? {} : { progress }),
  ...(umask === undefined ? {} : { umask }),
});
const outcomes = await host.createDrive({ secrets, format })(performing(effects));
writeSync(2, `\n${JSON.stringify(outcomes)}`);
