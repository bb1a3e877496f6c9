import * as posix from 'posix';
import type { Reader } from '../../../execute/reader.ts';
import { renderFailure } from '../../../failures/words.ts';
import { readSettings, type SettingsRead } from '../../../inspect/settings/read.ts';
import type { Bytes } from '../../common/bytes.ts';
import { readRawEnvironment } from '../environment.ts';
import { type Address, parseAddress } from '../health/address.ts';
import { judgeAnswer, renderRequest } from '../health/answer.ts';
import { listeningPorts } from '../health/listeners.ts';
import { listeningAddress } from '../health/listening.ts';
import { createReader } from '../reader.ts';
import { type Command, complain, print, textOf } from './command.ts';

/** Bytes of the first line that are read at most. */
const MOST = 1024;

export const healthcheck: Command = {
  name: 'healthcheck',
  does: 'end with 0 when the application answers S2I_HEALTH_PATH, or accepts connections',
  run: ([given]) => {
    const reader = createReader(readRawEnvironment());
    const settings = readSettings(reader.environment, 'run', reader.undecodable);
    const wrong = settings.failures.filter((failure) => 'setting' in failure && /^(PORT|S2I_HEALTH_\w+)$/.test(failure.setting));
    if (wrong.length > 0) return unhealthy(wrong.map(renderFailure).join('\nERROR: '));
    const address = given === undefined ? listeningAddress(reader, settings) : parseAddress(textOf(given));
    if (address === undefined)
      return unhealthy(`${textOf(given ?? '')} is no port. Give a number from 1 to 65535, or nothing for PORT.`);
    return check(reader, settings, address);
  },
};

/** One line about what was asked and what came; gives the exit status. */
function check(reader: Reader, { settings }: SettingsRead, address: Address): number {
  const path = settings.text('S2I_HEALTH_PATH')?.value;
  const host = settings.text('S2I_HEALTH_HOST')?.value ?? 'localhost';
  const seconds = settings.integer('S2I_HEALTH_TIMEOUT')?.value ?? 3;
  const place = 'socket' in address ? `socket ${address.socket}` : `port ${address.port}`;
  const request = path === undefined ? '' : posix.toBytes(renderRequest(path, host));
  const answer = exchange(address, request, seconds * 1000);
  if (typeof answer === 'number') return unhealthy(why(reader, posix.errorName(answer), place, seconds));
  if (path === undefined) return healthy(`${place} accepts connections`);
  const { healthy: good, words } = judgeAnswer(answer, host);
  // What follows the question mark may be a password.
  const asked = `GET ${path.replace(/\?.*/, '')} on ${place}`;
  return good ? healthy(`${asked}: ${words}`) : unhealthy(`${asked}: ${words}.`);
}

function why(reader: Reader, error: string, place: string, seconds: number): string {
  if (error === 'ETIMEDOUT') return `${place} did not answer within ${seconds} s.`;
  if (error === 'ECONNRESET' || error === 'EPIPE') return `${place} closed the connection without an answer.`;
  const ports = listeningPorts(reader);
  const others =
    ports.length === 0 ? '' : ` Something listens on ${ports.join(', ')}: give the port, as in healthcheck ${ports[0]}.`;
  return `nothing accepts connections on ${place} (${error}).${others}`;
}

/** By the addresses in turn, as long as nobody is there. */
function exchange(address: Address, request: Bytes, milliseconds: number): Bytes | number {
  if ('socket' in address) return posix.exchange(posix.toBytes(address.socket), 0, request, MOST, milliseconds);
  const [first = '', ...others] = address.hosts;
  const answer = posix.exchange(first, address.port, request, MOST, milliseconds);
  if (typeof answer === 'string' || posix.errorName(answer) !== 'ECONNREFUSED') return answer;
  const second = others.map((host) => posix.exchange(host, address.port, request, MOST, milliseconds));
  return second.find((one) => typeof one === 'string') ?? answer;
}

function healthy(text: string): 0 {
  print(`OK: ${text}\n`);
  return 0;
}

function unhealthy(text: string): 1 {
  complain(`ERROR: ${text}\n`);
  return 1;
}
