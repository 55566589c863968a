/** For tests: the command line on the project in the first argument. */
import { main } from '../cli/main.js';

const [projectDirectory, ...args] = process.argv.slice(2);
process.exitCode = await main(args, projectDirectory ?? '.');
