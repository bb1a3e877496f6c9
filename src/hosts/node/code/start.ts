/** Runs the hook its first argument names, for which it makes way: `node start.cjs run` is `node run.cjs`, but faster. */
import { createLoader } from './loader.ts';

const [hook = ''] = process.argv.splice(2, 1);
process.argv[1] = `${__dirname}/${hook}.cjs`;
createLoader(__dirname)(hook);
