// The browser that the tests and the benchmark drive.
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../scripts/browser.mjs';

/** Flags that keep Chromium from calling home: a test asks nobody but the site that it tests. */
const QUIET = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Launches Chromium, headless. */
export function launch() {
  return chromium.launch({ executablePath: findBrowser(), args: QUIET, headless: true });
}
