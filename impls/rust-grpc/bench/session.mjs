/** `node session.mjs BYTES VARIANT`: an echo over a real session of this implementation. Wants `pnpm build` before. */
import { implementation } from '../dist/index.js';
import { measure } from './measure.mjs';

const [bytes, variant] = process.argv.slice(2);
const session = await implementation.open(variant);
const options = {};
try {
  await measure(async (input) => (await session.invoke('echo', options, input)).output, Number(bytes));
} finally {
  await session.close();
}
