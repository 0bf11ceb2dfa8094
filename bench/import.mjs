// Measures an import from the command line: a table of every council, with made-up counts, for each of eight years, all in one run,
// tried but not written. Median of N runs (N=5) with the range.
//
//   node bench/import.mjs UPHELD    the command, as it was built
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { YEARS, table } from './tables.mjs';

const FOLDER = fileURLToPath(new URL('../.build/bench/import/', import.meta.url));
const RUNS = Number(process.env.N ?? 5);

const [upheld] = process.argv.slice(2);
if (!upheld) throw new Error('usage: import.mjs UPHELD');
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const files = [];
let rows = 0;
for (const year of YEARS) {
  const made = table(year);
  rows += made.councils;
  files.push(join(FOLDER, `decided-${year}.csv`));
  await writeFile(files.at(-1), made.text);
}
const times = [];
for (let run = 0; run < RUNS; run += 1) {
  const begin = performance.now();
  const report = JSON.parse(execFileSync(upheld, ['import', 'figures', ...files, '--dry-run', '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 }));
  times.push(performance.now() - begin);
  if (report.changes.new !== rows) throw new Error(`${report.changes.new} of ${rows} rows were taken in`);
}
times.sort((a, b) => a - b);
console.log(`\nimport of ${rows} rows (${YEARS.length} years): ${Math.round(times[RUNS >> 1])} ms (${Math.round(times[0])}–${Math.round(times.at(-1))})`);
