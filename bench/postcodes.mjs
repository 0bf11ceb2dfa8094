// Measures what postcodes cost on the way to a reader: all files together, and the one that a look-up asks for, as brotli at quality 11. The mean
// is over all English postcodes, each as likely as the next.
//
//   node bench/postcodes.mjs          the site as it was built
//   node bench/postcodes.mjs FOLDER   the files of another folder, such as geo/postcodes
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const FOLDER = process.argv[2] ?? fileURLToPath(new URL('../dist/postcodes', import.meta.url));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

const files = [];
for (const name of (await readdir(FOLDER)).filter((name) => /^[A-Z]{1,2}\.txt$/.test(name))) {
  const bytes = await readFile(join(FOLDER, name));
  const [, area, postcodes] = /^([A-Z]{1,2}) (\d+)$/m.exec(bytes.toString('utf8')) ?? [];
  if (`${area}.txt` !== name) throw new Error(`${name} does not say how many postcodes it has`);
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  files.push({ name, postcodes: Number(postcodes), bytes: bytes.length, packed: packed.length });
}
if (!files.length) throw new Error(`${FOLDER} holds no postcodes: build the site first (make build)`);

const sum = (of) => files.reduce((total, file) => total + of(file), 0);
const postcodes = sum((file) => file.postcodes);
const mean = sum((file) => file.packed * file.postcodes) / postcodes;
const most = files.reduce((one, other) => (other.packed > one.packed ? other : one));
console.log(`\npostcodes, ${postcodes} in ${files.length} files: ${kilobytes(sum((file) => file.bytes))}, ${kilobytes(sum((file) => file.packed))} brotli`);
console.log(`a look-up, one request: ${kilobytes(mean)} brotli in the mean, ${kilobytes(most.packed)} at most (${most.name})`);
