/** Answers by the Node host the question in its first argument (JSON) as JSON. */
import { createReader } from '../../src/hosts/node/reader.ts';
import { type ReadRequest, readOn } from './reading.ts';

const answer = readOn(createReader({ environment: new Map() }), JSON.parse(process.argv[2] ?? '') as ReadRequest);
process.stdout.write(JSON.stringify({ answer }));
