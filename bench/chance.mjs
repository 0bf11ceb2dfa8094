// Measures what chance costs in the page: grades, funnel limits and rank intervals of all councils of a year, in the second program. The shipped
// edition has counts for some of them only, so every council of the year is given made-up ones. Median of N runs (N=5) with the range.
//
//   node bench/chance.mjs    the site as it was built
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from '../tests/e2e/support/chromium.mjs';
import { DIST, serveSite } from '../tests/e2e/support/site.mjs';

const RUNS = Number(process.env.N ?? 5);
const YEAR = 2025;
const read = async (name) => JSON.parse(await readFile(join(DIST, 'data/v1', name), 'utf8'));
const [edition, sources] = await Promise.all(['edition.json', 'sources.json'].map(read));

// Every council that existed in the year, with as many cases as councils have.
const { code, first_year: first, last_year: last } = edition.councils;
const councils = code.filter((_, at) => first[at] <= YEAR && (last[at] === null || YEAR <= last[at]));
const columns = Object.keys(edition.evidence);
for (const column of columns) edition.evidence[column] = [];
for (const column of Object.keys(sources.sources)) sources.sources[column] = [];
for (const [at, council] of councils.entries()) {
  const investigations = 3 + ((at * 37) % 61);
  const row = { code: council, year: YEAR, kind: 'ombudsman', investigations, upheld: Math.floor((investigations * (55 + ((at * 29) % 40))) / 100) };
  for (const column of columns) edition.evidence[column].push(row[column] ?? null);
  for (const column of Object.keys(sources.sources)) sources.sources[column].push(row[column] ?? 'https://example.org/');
}
for (const table of ['letters']) for (const column of Object.keys(edition[table])) edition[table][column] = [];

const site = await serveSite();
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(new URL('about/', site.url).href);
  const { judged, times } = await page.evaluate(
    async ([files, runs, year]) => {
      const program = await import(new URL('upheld-details.js', document.baseURI).href);
      await program.default();
      const names = await (await fetch(new URL('data/v1/names.json', document.baseURI))).text();
      const details = new program.Details(...files, names);
      const times = [];
      let judged = 0;
      // The first time the browser compiles it.
      for (let run = 0; run <= runs; run += 1) {
        const begin = performance.now();
        judged = details.judge_all('', `year=${year}`);
        if (run) times.push(performance.now() - begin);
      }
      return { judged, times };
    },
    [[JSON.stringify(edition), JSON.stringify(sources)], RUNS, YEAR],
  );
  times.sort((a, b) => a - b);
  console.log(`\nchance, ${judged} councils judged, put into funnels and ranked: ${times[RUNS >> 1].toFixed(1)} ms (${times[0].toFixed(1)}–${times.at(-1).toFixed(1)})`);
} finally {
  await browser.close();
  await site.close();
}
