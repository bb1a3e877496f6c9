import * as posix from 'posix';
import { readSettings } from '../../../inspect/settings/read.ts';
import { portOf } from '../../../run/servers/port.ts';
import { readRawEnvironment } from '../environment.ts';
import { createReader } from '../reader.ts';
import { type Command, complain, textOf } from './command.ts';

/** How long a connection may take. Milliseconds. */
const patience = 3000;

export const healthcheck: Command = {
  name: 'healthcheck',
  does: 'end with 0 when the application accepts connections on PORT (8080)',
  run: ([given]) => {
    const port = given === undefined ? portOfApplication() : Number(textOf(given));
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      complain(`ERROR: ${textOf(given ?? '')} is no port. Give a number from 1 to 65535, or nothing for PORT.\n`);
      return 2;
    }
    const answers = ['127.0.0.1', '::1'].map((address) => posix.exchange(address, port, '', 0, patience));
    if (answers.some((answer) => typeof answer === 'string')) return 0;
    const reason = typeof answers[0] === 'number' ? posix.errorName(answers[0]) : '';
    complain(`ERROR: nothing accepts connections on port ${port} (${reason}).\n`);
    return 1;
  },
};

function portOfApplication(): number {
  const { environment, undecodable } = createReader(readRawEnvironment());
  return portOf(readSettings(environment, 'run', undecodable).settings);
}
