// Measures a start without a network: a reader who has been here before opens the front page, or a council that was never visited. From the
// navigation to the first coloured map, and to the council's figures on the screen; median of N starts (N=5) with the range, each in
// a page of its own.
//
//   node bench/offline.mjs    the site as it was built
import { atRest, launch } from '../tests/e2e/support/chromium.mjs';
import { CONDITIONS, throttle } from '../tests/e2e/support/network.mjs';
import { marked, serveSite } from '../tests/e2e/support/site.mjs';

const STARTS = Number(process.env.N ?? 5);
const SLOW = CONDITIONS['Slow 4G, CPU 4× slower'].cpu;
const site = await serveSite();
const browser = await launch();

async function firstMap(page) {
  await page.goto(site.url);
  return marked(page, 'first-map');
}

async function council(page) {
  await page.goto(new URL('council/leeds-city-council/', site.url).href);
  const shown = await page.waitForFunction(() => document.querySelector('section.panel .figure') && performance.now(), undefined, { polling: 'raf' });
  return shown.jsonValue();
}

function told(what, times) {
  times.sort((a, b) => a - b);
  console.log(`${what.padEnd(66)}${Math.round(times[times.length >> 1])} ms (${Math.round(times[0])}–${Math.round(times.at(-1))})`);
}

try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(site.url);
  // The worker is active once it has all that a start needs.
  await marked(page, 'ready');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.close();
  await site.close();
  await context.setOffline(true);
  console.log('');
  for (const [condition, cpu] of [['CPU 4× slower', SLOW], ['unthrottled', 1]]) {
    for (const [what, start] of [['first map', firstMap], ['a council that was never visited', council]]) {
      const times = [];
      for (let i = 0; i < STARTS; i += 1) {
        const page = await context.newPage();
        await atRest(browser);
        await throttle(page, { cpu });
        times.push(await start(page));
        await page.close();
      }
      told(`offline start, ${condition}: ${what}`, times);
    }
  }
} finally {
  await browser.close();
}
