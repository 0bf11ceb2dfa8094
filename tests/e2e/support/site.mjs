// The built site, served as a host would serve it, and the marks in time that its page sets.
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serve } from '../../../scripts/serve.mjs';

/** The folder of the built site: `dist`, or what DIST names. */
export const DIST = process.env.DIST ?? fileURLToPath(new URL('../../../dist', import.meta.url));

/** Serves the built site on a free port, with its security policy. */
export async function serveSite(options = {}) {
  await access(`${DIST}/_headers`).catch(() => {
    throw new Error(`${DIST} holds no built site: run \`make build\` first`);
  });
  return serve({ root: DIST, ...options });
}

/** Waits until the page has set the User Timing mark `name`; answers its time in milliseconds from the navigation's start. */
export async function marked(page, name, timeout = 30_000) {
  const mark = await page.waitForFunction((wanted) => performance.getEntriesByName(wanted, 'mark')[0]?.startTime, name, { timeout }).catch((error) => {
    throw new Error(`the page did not set the mark "${name}": ${error.message}`);
  });
  return mark.jsonValue();
}

/** Waits until the page has measured `name` more than `before` times; answers the last measure's duration in milliseconds. */
export async function measured(page, name, before = 0, timeout = 30_000) {
  const last = await page.waitForFunction(
    ({ wanted, count }) => {
      const all = performance.getEntriesByName(wanted, 'measure');
      // The entry itself, for a duration of 0 would look like "not yet".
      return all.length > count ? { duration: all.at(-1).duration } : undefined;
    },
    { wanted: name, count: before },
    { timeout },
  );
  return (await last.jsonValue()).duration;
}

/** How often the page has measured `name` so far. */
export function timesMeasured(page, name) {
  return page.evaluate((wanted) => performance.getEntriesByName(wanted, 'measure').length, name);
}
