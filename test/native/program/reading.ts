import * as posix from 'posix';
import { createReader } from '../../../src/hosts/native/reader.ts';
import { type ReadRequest, readOn } from '../../support/reading.ts';

/** Answers a question to the reader (JSON) as JSON. */
export function readAll(json: string): number {
  const answer = readOn(createReader(new Map()), JSON.parse(posix.fromBytes(json) ?? '') as ReadRequest);
  posix.write(1, posix.toBytes(JSON.stringify({ answer })));
  return 0;
}
