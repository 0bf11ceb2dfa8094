// Draws the pictures that a device shows for the installed site out of assets/icons/icon.svg, with the browser of the tests. They are
// committed, as a build has no browser; run this again when the logo changes.
//
//   node scripts/icons.mjs
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from '../tests/e2e/support/chromium.mjs';

const FOLDER = new URL('../assets/icons/', import.meta.url);

/** `full`: the ground reaches into the corners, and the mark stays within what every device leaves of it when it cuts a shape. */
const ICONS = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  { name: 'maskable-512', size: 512, full: true },
  { name: 'apple-touch-icon', size: 180, full: true },
];

const svg = await readFile(new URL('icon.svg', FOLDER), 'utf8');
const full = svg.replace(' rx="5"', '').replace('<path ', '<path transform="translate(2.6 2.2) scale(0.8)" ');
const browser = await launch();
try {
  for (const icon of ICONS) {
    const page = await browser.newPage({ viewport: { width: icon.size, height: icon.size } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${icon.full ? full : svg}`);
    await page.screenshot({ path: fileURLToPath(new URL(`${icon.name}.png`, FOLDER)), omitBackground: !icon.full });
    await page.close();
  }
} finally {
  await browser.close();
}
