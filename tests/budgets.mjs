// The byte budgets of the built site. Prints a table, and exits with status 1 when a budget is exceeded.
// A kilobyte is 1000 bytes here. Files are measured as brotli at quality 11, as a host serves them; the way to the first
// coloured map as a browser's requests up to the mark `first-map`, on a slow connection, response headers included.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { siteOf } from '../scripts/offline.mjs';
import { compress } from '../scripts/serve.mjs';
import { launch } from './e2e/support/chromium.mjs';
import { CONDITIONS, requestsUntil, throttle } from './e2e/support/network.mjs';
import { DIST, marked, serveSite } from './e2e/support/site.mjs';

const WASM = 150_000;
// Fetched after the first map, never before it: what is said of councils, their charts, comparisons, what can be taken away, postcodes, and where a reader is.
const DETAILS = 250_000;
const OPEN = 185_000;
const READER = 750_000;
const BOUNDARIES = 70_000;
// The first coloured map is in the page itself; until a council can be chosen, the program and its data come besides.
const FIRST_MAP = 35_000;
const READY = 300_000;
// For reading offline: fetched when the page has nothing else to do, most of it from what the browser holds already.
const KEPT_AHEAD = 1_200_000;
const WORKER = 30_000;

async function packed(file) {
  return (await compress(await readFile(join(DIST, file)))).length;
}

async function matching(folder, pattern) {
  const names = await readdir(join(DIST, folder));
  return names.filter((name) => pattern.test(name)).sort().map((name) => join(folder, name));
}

async function firstMap() {
  const site = await serveSite({ quality: 11 });
  const browser = await launch();
  try {
    // Once for the server, which compresses a file when it is first asked for.
    const rehearsal = await browser.newPage();
    await rehearsal.goto(site.url);
    await marked(rehearsal, 'first-map');
    await rehearsal.close();

    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await throttle(page, CONDITIONS['Slow 4G, CPU 4× slower']);
    await page.goto(site.url);
    const [map, ready] = [await marked(page, 'first-map', 60_000), await marked(page, 'ready', 60_000)];
    return { map: await requestsUntil(page, map), ready: await requestsUntil(page, ready) };
  } finally {
    await browser.close();
    await site.close();
  }
}

const rows = [];
function measure(what, bytes, limit) {
  rows.push({ what, bytes, limit, ok: bytes > 0 && bytes <= limit });
}

for (const file of await matching('.', /^upheld-app.*_bg\.wasm$/)) measure(`wasm: ${file}`, await packed(file), WASM);
if (!rows.length) measure('app wasm: none found', 0, WASM);
measure('wasm: upheld-details_bg.wasm', await packed('upheld-details_bg.wasm'), DETAILS);
// Loaded by the page /open/ alone: its own program, and the one that reads files.
measure('wasm: upheld-open_bg.wasm', await packed('upheld-open_bg.wasm'), OPEN);
measure('wasm: upheld-worker_bg.wasm', await packed('upheld-worker_bg.wasm'), READER);
const boundaries = await matching('geo', /(?<!-detail)\.geojson$/);
for (const file of boundaries) measure(`boundaries: ${file}`, await packed(file), BOUNDARIES);
if (!boundaries.length) measure('boundaries: none found', 0, BOUNDARIES);
const { core, rest } = await siteOf(DIST);
// The address of a page is its folder.
const ahead = await Promise.all([...core, ...rest].map((path) => packed(path.replace(/(^|\/)$/, '$1index.html'))));
measure(`kept ahead for reading offline: ${ahead.length} files`, ahead.reduce((sum, bytes) => sum + bytes, 0), KEPT_AHEAD);
measure('service-worker.js', await packed('service-worker.js'), WORKER);
const requests = await firstMap().catch((error) => {
  console.error(`no first map: ${error.message}`);
  return { map: [], ready: [] };
});
const sum = (all) => all.reduce((total, { bytes }) => total + bytes, 0);
measure(`to the first coloured map: ${requests.map.length} requests`, sum(requests.map), FIRST_MAP);
measure(`until a council can be chosen: ${requests.ready.length} requests`, sum(requests.ready), READY);

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`.padStart(10);
console.log(`${'Bytes, brotli (1 KB = 1000 bytes)'.padEnd(60)}${'is'.padStart(10)}${'limit'.padStart(11)}`);
for (const { what, bytes, limit, ok } of rows) console.log(`${what.padEnd(60)}${kilobytes(bytes)} ${kilobytes(limit)}${ok ? '' : '  EXCEEDED'}`);
for (const { url, bytes } of requests.ready) console.log(`    ${new URL(url).pathname.padEnd(56)}${kilobytes(bytes)}`);

const failed = rows.filter(({ ok }) => !ok).length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
