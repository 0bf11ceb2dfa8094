// The browser that the tests and the benchmark drive.
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
