// A journey: what a reader does on the built site, in a real browser. Every journey also fails on what no reader should
// cause: an error or warning on the console, an exception, a failed or foreign request, a breach of the security policy.
//
//   journey('choosing a council opens its figures', async ({ page, open, ready, axe, screenshot }) => {
//     await open('/?year=2020');
//     await ready();
//     …
//   });
//
// Waiting is always for a state, never for a time; nothing is tried twice.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../../scripts/serve.mjs';
import { launch } from './chromium.mjs';
import { marked, serveSite } from './site.mjs';

/** The two windows in which journeys are made. */
export const WINDOWS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

const SCREENSHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const PATIENCE = 10_000;

// One browser for all journeys of a file, and one server for those on the built site: it compresses each file once.
let browser;
let shared;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await (await shared)?.close();
});

/**
 * One journey, made once in every window of `windows`.
 *
 * @param {string} name what the reader experiences
 * @param {object} [options]
 * @param {('desktop'|'phone')[]} [options.windows] in which windows; on the desktop unless told
 * @param {RegExp[]} [options.expected] troubles that this journey causes on purpose; each has to happen
 * @param {RegExp[]} [options.allowed] what the browser may or may not add to the troubles that are expected
 * @param {string} [options.root] a folder to serve in place of the built site
 * @param {string} [options.base] a path to serve the built site under, in place of the root of its host
 * @param {() => Promise<Site>} [options.site] another site: with `url` and `close`
 * @param {boolean} [options.worker] whether the browser has service workers: without, as in all other journeys, each page comes from
 *   the network, where journeys hold it up and count it
 * @param {object} [options.context] further settings of Playwright's browser context (`colorScheme`, `javaScriptEnabled`, …)
 * @param {(journey: Journey) => Promise<void>} steps
 */
export function journey(name, ...rest) {
  const [options, steps] = rest.length === 1 ? [{}, rest[0]] : rest;
  for (const window of options.windows ?? ['desktop']) {
    test(`${name} (${window})`, { timeout: 120_000 }, async () => {
      const site = await serving(options);
      const context = await browser.newContext({ ...WINDOWS[window], ...options.context });
      context.setDefaultTimeout(PATIENCE);
      if (!options.worker) await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined }));
      const troubles = [];
      context.on('serviceworker', (worker) => worker.on('console', (message) => note(message, troubles)));
      const tab = async () => {
        const page = await context.newPage();
        await watch(page, new URL(site.url).origin, troubles);
        return page;
      };
      const page = await tab();
      let finished = false;
      try {
        await steps({
          page,
          site,
          window,
          context,
          troubles,
          tab,
          open: (path = '/') => page.goto(new URL(path.replace(/^\//, ''), site.url).href),
          ready: () => marked(page, 'ready'),
          eventually: (check, on = page) => eventually(on, check),
          axe: (about, on = page) => axe(on, about),
          screenshot: (shot, settings) => screenshot(page, `${shot}-${window}`, settings),
        });
        finished = true;
      } finally {
        if (!finished) await failure(page, `${name}-${window}`, troubles);
        await context.close();
        if (site !== (await shared)) await site.close();
      }
      judge(troubles, options.expected ?? [], options.allowed ?? []);
    });
  }
}

/** The server that a journey asks for. */
function serving({ root, base, site }) {
  if (site) return site();
  if (root) return serve({ root });
  if (base) return serveSite({ base });
  shared ??= serveSite();
  return shared;
}

/** Collects in `troubles`, from now on, what should not happen on a page; each as a line of text. */
async function watch(page, origin, troubles) {
  await page.exposeFunction('upheldTestBreach', (what) => troubles.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.upheldTestBreach(`${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on('console', (message) => note(message, troubles));
  page.on('pageerror', (error) => troubles.push(`exception: ${error.stack ?? error}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:', 'about:'].includes(url.protocol)) troubles.push(`foreign request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // The page itself gave up on it: it went elsewhere or no longer wants the answer.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    troubles.push(`request failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`status ${response.status()}: ${response.url()}`);
  });
}

function note(message, troubles) {
  if (message.type() === 'error' || message.type() === 'warning') {
    troubles.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  }
}

function judge(troubles, expected, allowed) {
  const unexpected = troubles.filter((trouble) => ![...expected, ...allowed].some((pattern) => pattern.test(trouble)));
  if (unexpected.length) throw new Error(`unexpected trouble on the page:\n${unexpected.join('\n')}`);
  const missing = expected.filter((pattern) => !troubles.some((trouble) => pattern.test(trouble)));
  if (missing.length) throw new Error(`trouble that this journey expects did not happen: ${missing.join(', ')}`);
}

async function failure(page, name, troubles) {
  for (const trouble of troubles) console.error(trouble);
  const file = `failed-${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`;
  // The journey's own error matters more than a picture that could not be taken.
  await screenshot(page, file).catch((error) => console.error(`no screenshot: ${error.message}`));
}

/** Repeats a check, once a frame of the page, until it throws no more; its last error when patience ends. */
async function eventually(page, check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
    }
  }
}

/** Rules that axe leaves out unless asked: whoever speaks to the page says what stands on it, so names hold the words that are seen (WCAG 2.5.3). */
const AXE_RULES = { 'label-content-name-mismatch': { enabled: true } };

/** Checks the page as it stands for accessibility: WCAG 2.2 A and AA and best practice, no violation at all. */
async function axe(page, about = page.url()) {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(([tags, rules]) => window.axe.run(document, { runOnly: tags, rules, resultTypes: ['violations'] }), [AXE_TAGS, AXE_RULES]);
  assert.ok(passes.length > 0, 'axe checked nothing');
  const lines = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary}`).join('\n')}`);
  if (lines.length) throw new Error(`axe, ${about}:\n${lines.join('\n')}`);
}

async function screenshot(page, name, settings = {}) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, animations: 'disabled', ...settings });
}
