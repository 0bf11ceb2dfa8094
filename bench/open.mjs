// Measures the same import in the page: eight tables of every council are chosen at once, read one after the other in the worker, and
// set beside the edition. From the choice to the review on the screen; median of N runs (N=5) with the range.
//
//   node bench/open.mjs    the site as it was built
import { launch } from '../tests/e2e/support/chromium.mjs';
import { marked, serveSite } from '../tests/e2e/support/site.mjs';
import { YEARS, table } from './tables.mjs';

const RUNS = Number(process.env.N ?? 5);
const made = YEARS.map((year) => ({ year, ...table(year) }));
const files = made.map(({ year, text }) => ({ name: `decided-${year}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) }));
const rows = made.reduce((sum, { councils }) => sum + councils, 0);

const site = await serveSite();
const browser = await launch();
const times = [];
try {
  for (let run = 0; run < RUNS; run += 1) {
    const page = await browser.newPage();
    await page.goto(new URL('open/', site.url).href);
    await marked(page, 'ready');
    await page.evaluate(() => {
      document.querySelector('#files').addEventListener('input', () => performance.mark('bench-begin'), { capture: true });
    });
    await page.setInputFiles('#files', files);
    const taken = await page.waitForFunction((years) => {
      const rows = document.querySelectorAll('.changes tbody tr');
      return rows.length >= years && performance.measure('bench', 'bench-begin').duration;
    }, YEARS.length, { polling: 'raf' });
    times.push(await taken.jsonValue());
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
times.sort((a, b) => a - b);
console.log(`\nin the page, ${rows} rows in ${YEARS.length} files: ${Math.round(times[RUNS >> 1])} ms (${Math.round(times[0])}–${Math.round(times.at(-1))})`);
