// The browser that the tests and the benchmark drive.
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../scripts/browser.mjs';

/** Flags that keep Chromium from calling home: a test asks nobody but the site that it tests. */
const QUIET = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/**
 * What Chromium would do beside showing the page. A window's address bar loads pages of the browser's own (the popups), for a
 * second on both cores, while the page under test loads. Chromium heeds this flag once, so it repeats what Playwright turns
 * off by it, as far as that concerns a page on this machine.
 */
const ASIDE = [
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup',
  'AimEnabled', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter',
  'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning',
];

/** Launches Chromium, headless. */
export function launch() {
  return chromium.launch({ executablePath: findBrowser(), args: [...QUIET, `--disable-features=${ASIDE}`], headless: true });
}

/**
 * Waits until the browser has nothing left to do: until for a short time no process of it has come or gone, and all together have run for less
 * than a twentieth of that. What one visit leaves to be cleared away, or a new window to be set up, then costs the next page nothing.
 */
export async function atRest(browser) {
  const session = await browser.newBrowserCDPSession();
  const look = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return { at: performance.now(), ran: new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime])) };
  };
  const deadline = performance.now() + 30_000;
  try {
    for (let before = await look(), still = 0; ;) {
      await sleep(250);
      const now = await look();
      const same = now.ran.size === before.ran.size && [...now.ran.keys()].every((id) => before.ran.has(id));
      const ran = [...now.ran].reduce((sum, [id, time]) => sum + time - (before.ran.get(id) ?? 0), 0);
      still = same && ran < (now.at - before.at) / 1000 / 20 ? still + 1 : 0;
      if (still === 2) return;
      if (now.at > deadline) throw new Error('the browser has been busy for half a minute');
      before = now;
    }
  } finally {
    await session.detach();
  }
}
