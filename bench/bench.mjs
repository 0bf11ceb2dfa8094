// Measures Upheld and, in the same run, a plain Leaflet page on the same boundaries and rates: bytes to the first coloured
// map (brotli 11, response headers included), the marks `first-map` and `ready`, the measures `recolour` and
// `open-council`, from the event to the paint, and how long script ran within each (of a trace, whose taking slows both pages alike); on Slow 4G with a slowed processor, and unthrottled. Each visit starts with an empty cache, the two pages
// take turns, and the table gives the median of N visits (N=5) with the range.
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../scripts/serve.mjs';
import { atRest, launch } from '../tests/e2e/support/chromium.mjs';
import { CONDITIONS, requestsUntil, throttle } from '../tests/e2e/support/network.mjs';
import { DIST, marked, measured, serveSite, timesMeasured } from '../tests/e2e/support/site.mjs';
import { ratesOf } from './figures.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VISITS = Number(process.env.N ?? 5);
/** The most that the first map may take of the plain page's time, on a slow line and processor. */
const MOST = 0.45;
const VIEW = { width: 1280, height: 800 };
const PATIENCE = 60_000;

/** The peer, set up on the boundaries that Upheld's own first view asks for. */
async function plainLeaflet(boundaries) {
  const folder = join(ROOT, '.build/bench/plain-leaflet');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(ROOT, 'bench/plain-leaflet'), folder, { recursive: true });
  for (const file of ['leaflet.js', 'leaflet.css']) await copyFile(join(ROOT, 'node_modules/leaflet/dist', file), join(folder, file));
  await copyFile(join(DIST, boundaries), join(folder, 'boundaries.geojson'));
  const year = /-(\d{4})\.geojson$/.exec(boundaries)[1];
  await writeFile(join(folder, 'rates.json'), JSON.stringify(await ratesOf(join(ROOT, 'data/figures.csv'), year)));
  return folder;
}

const openCouncil = {
  upheld: {
    charts: true,
    async prepare(page) {
      await page.getByRole('combobox', { name: 'Find a council or postcode' }).fill('Luton');
      await page.getByRole('option', { name: /Luton/ }).first().waitFor();
    },
    act: (page) => page.getByRole('option', { name: /Luton/ }).first().click(),
  },
  plain: {
    async act(page) {
      // The middle of the map is inland.
      const { x, y, width, height } = await page.locator('#map').boundingBox();
      await page.mouse.click(x + width / 2, y + height / 2);
    },
  },
};

/** Does `act` and answers the measure `name` that the page takes of it, and how much script ran within it; in milliseconds. */
async function step(browser, page, name, act) {
  const times = await timesMeasured(page, name);
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing'] });
  await act();
  const time = await measured(page, name, times, PATIENCE);
  const trace = await browser.stopTracing();
  return { time, script: scriptWithin(JSON.parse(trace.toString()).traceEvents, name) };
}

const SCRIPT = new Set(['EventDispatch', 'FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'FireAnimationFrame', 'TimerFire']);
const LAYOUT = new Set(['UpdateLayoutTree', 'Layout']);

/** How long script ran between the beginning and the end of the last measure `name` of a trace, without the layout that it asked for. */
function scriptWithin(trace, name) {
  const [begin] = trace.filter((event) => event.name === name && event.ph === 'b').slice(-1);
  const [end] = trace.filter((event) => event.name === name && event.ph === 'e').slice(-1);
  if (!begin || !end) throw new Error(`the trace does not hold the measure "${name}"`);
  const spans = (names) => trace
    .filter((event) => event.ph === 'X' && event.pid === begin.pid && event.tid === begin.tid && names.has(event.name))
    .map(({ ts, dur = 0 }) => [Math.max(ts, begin.ts), Math.min(ts + dur, end.ts)])
    .filter(([from, to]) => to > from)
    .sort(([a], [b]) => a - b);
  const script = union(spans(SCRIPT));
  const within = spans(LAYOUT).filter(([from]) => script.some(([start, stop]) => start <= from && from < stop));
  return (length(script) - length(union(within))) / 1000;
}

/** Spans, sorted by their beginning, without what they share. */
function union(spans) {
  const joined = [];
  for (const [from, to] of spans) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function length(spans) {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** From the choice of a council to its first chart. */
async function sinceChosen(page) {
  const drawn = await page.waitForFunction(() => {
    const [chosen] = performance.getEntriesByName('open-council', 'measure').slice(-1);
    const chart = performance.getEntriesByName('chart', 'mark').find(({ startTime }) => startTime > chosen?.startTime);
    return chart && chart.startTime - chosen.startTime;
  }, undefined, { timeout: PATIENCE });
  return drawn.jsonValue();
}

/** One visit with an empty cache. */
async function visit(browser, { url, open }, condition) {
  const context = await browser.newContext({ viewport: VIEW });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    // Before the processor is slowed, which is done by keeping it busy.
    await atRest(browser);
    await throttle(page, condition);
    await page.goto(url);
    const firstMap = await marked(page, 'first-map', PATIENCE);
    const ready = await marked(page, 'ready', PATIENCE);
    const requests = await requestsUntil(page, firstMap);
    const fcp = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
    const recolour = await step(browser, page, 'recolour', () => page.getByRole('combobox', { name: 'Measure', exact: true }).selectOption({ index: 2 }));
    await open.prepare?.(page);
    const openCouncil = await step(browser, page, 'open-council', () => open.act(page));
    const firstChart = open.charts ? await sinceChosen(page) : undefined;
    return {
      bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0),
      fcp,
      firstMap,
      ready,
      recolour: recolour.time,
      recolourScript: recolour.script,
      openCouncil: openCouncil.time,
      openScript: openCouncil.script,
      firstChart,
    };
  } finally {
    await context.close();
  }
}

/** The boundaries that the first view asks for, as a path in the site. */
async function firstBoundaries(browser, url) {
  const page = await browser.newPage({ viewport: VIEW });
  await page.goto(url);
  const requests = await requestsUntil(page, await marked(page, 'ready', PATIENCE));
  await page.close();
  const found = requests.map((request) => new URL(request.url).pathname).find((path) => path.endsWith('.geojson'));
  if (!found) throw new Error('the first view asked for no boundaries');
  return found.slice(new URL(url).pathname.length);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const COLUMNS = [
  ['bytes', 'bytes', (n) => `${(n / 1000).toFixed(1)} KB`],
  ['FCP', 'fcp', milliseconds],
  ['first-map', 'firstMap', milliseconds],
  ['ready', 'ready', milliseconds],
  ['recolour', 'recolour', milliseconds],
  ['its script', 'recolourScript', milliseconds],
  ['open-council', 'openCouncil', milliseconds],
  ['its script', 'openScript', milliseconds],
  ['first chart', 'firstChart', milliseconds],
];

function milliseconds(n) {
  return `${n < 100 ? n.toFixed(1) : Math.round(n)} ms`;
}

function row(name, visits) {
  const cells = COLUMNS.map(([, key, show]) => {
    const all = visits.map((one) => one[key]);
    if (all.includes(undefined)) return 'none'.padStart(22);
    const spread = key === 'bytes' ? '' : ` (${Math.round(Math.min(...all))}–${Math.round(Math.max(...all))})`;
    return (show(median(all)) + spread).padStart(22);
  });
  return name.padEnd(16) + cells.join('');
}

async function main() {
  if (!Number.isInteger(VISITS) || VISITS < 1) throw new Error(`N is ${process.env.N}: give a whole number of visits, 1 or more`);
  const upheld = await serveSite({ quality: 11 });
  const browser = await launch();
  const closing = [() => browser.close(), () => upheld.close()];
  try {
    const boundaries = await firstBoundaries(browser, upheld.url);
    const plain = await serve({ root: await plainLeaflet(boundaries), quality: 11 });
    closing.push(() => plain.close());
    const pages = { Upheld: { url: upheld.url, open: openCouncil.upheld }, 'plain Leaflet': { url: plain.url, open: openCouncil.plain } };

    console.log(`Both pages on ${boundaries}; ${browser.browserType().name()} ${browser.version()}; median of ${VISITS} (range); 1 KB = 1000 bytes`);
    // A rehearsal, in which the servers compress what they will send.
    for (const page of Object.values(pages)) await visit(browser, page, CONDITIONS.unthrottled);
    for (const [name, condition] of Object.entries(CONDITIONS)) {
      const visits = Object.fromEntries(Object.keys(pages).map((page) => [page, []]));
      for (let i = 0; i < VISITS; i += 1) {
        for (const [page, about] of Object.entries(pages)) {
          if (process.stderr.isTTY) process.stderr.write(`\r${name}: visit ${i + 1} of ${VISITS}, ${page}          `);
          visits[page].push(await visit(browser, about, condition));
        }
      }
      if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(70)}\r`);
      console.log(`\n${name}\n${' '.repeat(16)}${COLUMNS.map(([title]) => title.padStart(22)).join('')}`);
      for (const [page, all] of Object.entries(visits)) console.log(row(page, all));
      const ratio = median(visits.Upheld.map(({ firstMap }) => firstMap)) / median(visits['plain Leaflet'].map(({ firstMap }) => firstMap));
      const isHeld = !condition.network || ratio <= MOST;
      console.log(`first-map, Upheld to plain Leaflet: ${ratio.toFixed(2)}${condition.network ? `, at most ${MOST}${isHeld ? '' : ': EXCEEDED'}` : ''}`);
      if (!isHeld) process.exitCode = 1;
    }
  } finally {
    for (const close of closing) await close();
  }
}

main().catch((error) => {
  console.error(`error: bench: ${error.message}`);
  process.exitCode = 1;
});
