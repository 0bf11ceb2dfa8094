// The same pages narrow, magnified, in forced colours, without motion, on paper.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, drawn, find, look, opened, panel, section, table } from './support/reader.mjs';

// The rows of one region stand for all: to check each of them for accessibility takes long.
const PAGES = [
  ['/', 'map'],
  ['/council/luton-borough-council/?year=2020', 'council'],
  ['/table/?region=north-east', 'table'],
  ['/about/', 'about'],
];

for (const [how, context] of [
  ['320 pixels wide', { viewport: { width: 320, height: 640 } }],
  // A window of 1280 × 1024, magnified four times.
  ['magnified to 400%', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
]) {
  journey(`nothing is cut off or scrolls sideways when the page is ${how}`, { context }, async ({ page, open, ready, axe, screenshot }) => {
    for (const [path, name] of PAGES) {
      await open(path);
      await ready();
      await assertNoSidewaysScroll(page);
      await screenshot(`${how.replaceAll(/\W+/g, '-')}-${name}`, { fullPage: name !== 'table' && context.deviceScaleFactor === undefined });
      await axe(path);
    }
    await open('/');
    await ready();
    await look(page, 'north');
    await assertNoSidewaysScroll(page);
    await axe('with the list open');
    await find(page).press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'council-name');
    await assertNoSidewaysScroll(page);
  });
}

for (const colorScheme of ['light', 'dark']) {
  journey(`with forced colours on ${colorScheme}, the map keeps its classes apart`, { context: { forcedColors: 'active', colorScheme } }, async ({ page, open, ready, axe, screenshot }) => {
    for (const [path, name] of PAGES.slice(0, 3)) {
      await open(path);
      await ready();
      await screenshot(`forced-colours-${colorScheme}-${name}`);
      await axe(path);
    }
    await open('/');
    await ready();
    const painted = await page.locator('.map path.leaflet-interactive').evaluateAll((paths) => new Set(paths.map((path) => getComputedStyle(path).fill)).size);
    assert.ok(painted >= 6, `${painted} different fills`);
    await look(page, 'luton');
    await page.keyboard.press('ArrowDown');
    await screenshot(`forced-colours-${colorScheme}-search`);
    await axe('with the list open');
  });
}

journey('whoever wants less motion is shown none', { context: { reducedMotion: 'reduce' } }, async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  await find(page).press('Enter');
  await opened(page, 'Luton Borough Council');
  await drawn(page, 153);
  const moving = await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  assert.equal(moving, 0);
  // Leaflet moves its map by script, which no style sheet holds: at a key it is where it goes to at once, and then rests.
  await page.getByRole('application', { name: /^Map/ }).focus();
  const places = await page.evaluate(() => new Promise((done) => {
    const pane = document.querySelector('.leaflet-map-pane');
    const at = () => { const { x, y } = pane.getBoundingClientRect(); return `${Math.round(x)} ${Math.round(y)}`; };
    const seen = [at()];
    const look = () => {
      seen.push(at());
      if (seen.length < 12) requestAnimationFrame(look);
      else done(seen);
    };
    const target = document.querySelector('.map-canvas');
    for (const [key, keyCode] of [['ArrowUp', 38]]) target.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }));
    requestAnimationFrame(look);
  }));
  assert.equal(new Set(places.slice(1)).size, 1, `it glided: ${places}`);
  assert.notEqual(places[0], places[1], 'it did not move');
  await axe();
});

journey('a council on paper has its figures, its letter and its sources, without what only a screen needs', async ({ page, open, ready, axe, screenshot }) => {
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  assert.ok(!(await page.getByRole('button', { name: 'Close' }).isVisible()));
  assert.ok(!(await find(page).isVisible()));
  assert.ok(await panel(page, 'Luton Borough Council').isVisible());
  for (const heading of ['Complaints upheld', 'Annual letter', 'Where these figures come from']) assert.ok(await section(page, heading).isVisible());
  const source = await section(page, 'Where these figures come from').innerText();
  assert.match(source, /The Ombudsman’s annual letter/, 'paper cannot be opened');
  await screenshot('print-council', { fullPage: true });
  await axe();
});

journey('on paper a council is dark on light, whatever the screen was', { context: { colorScheme: 'dark' } }, async ({ page, open, ready, eventually, screenshot }) => {
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  /** How light the corner of the first chart is, and the page behind it: from 0 to 255. */
  const light = () =>
    page.evaluate(() => {
      // Read from a copy: to read from a canvas again and again is warned of.
      const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      copy.drawImage(document.querySelector('canvas[data-chart]'), -1, -1);
      const [r, g, b, a] = copy.getImageData(0, 0, 1, 1).data;
      const ground = /\d+/.exec(getComputedStyle(document.querySelector('.map')).backgroundColor);
      return { chart: a ? Math.min(r, g, b) : null, ground: Number(ground?.[0]) };
    });
  await eventually(async () => assert.ok((await light()).chart < 60, 'the chart is drawn for a dark screen'));
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  const paper = await light();
  assert.ok(paper.chart > 240 && paper.ground > 200, JSON.stringify(paper));
  await screenshot('print-from-dark', { fullPage: true });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await eventually(async () => assert.ok((await light()).chart < 60, 'and for the screen again'));
});

journey('the table on paper is all there', async ({ page, open, ready, axe, screenshot }) => {
  await open('/table/');
  await ready();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  assert.equal(await table(page).locator('tbody tr').count(), 153);
  await screenshot('print-table');
  await axe();
});

journey('the dark page is dark throughout', { context: { colorScheme: 'dark' }, windows: ['desktop', 'phone'] }, async ({ page, open, ready, axe, screenshot }) => {
  for (const [path, name] of PAGES.slice(1)) {
    await open(path);
    await ready();
    await screenshot(`dark-${name}`);
    await axe(path);
  }
});
