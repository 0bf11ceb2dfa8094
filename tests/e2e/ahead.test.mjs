// Pages rendered ahead: what stands before the program, and how the program takes its place.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { drawn, find, opened, section } from './support/reader.mjs';
import { marked } from './support/site.mjs';

// What was preloaded for a program that is kept waiting is not used for a while, and Chromium may say so.
const allowed = [/^console warning: The resource .* was preloaded using link preload but not used/];
const PROGRAM = '**/upheld-app*.wasm';

/** Keeps the program waiting until `go` is called. */
async function held(page) {
  let go;
  const opened = new Promise((resolve) => (go = resolve));
  await page.route(PROGRAM, async (route) => {
    await opened;
    await route.continue();
  });
  return go;
}

/** The frame that all shapes found by `selector` lie in, in whole pixels. */
const frame = (page, selector) =>
  page.evaluate((which) => {
    const boxes = [...document.querySelectorAll(which)].map((shape) => shape.getBoundingClientRect());
    return {
      left: Math.min(...boxes.map(({ left }) => left)),
      right: Math.max(...boxes.map(({ right }) => right)),
      top: Math.min(...boxes.map(({ top }) => top)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
    };
  }, selector);

journey('the first map is in the page itself, and the program’s own comes in its place without anything moving', { windows: ['desktop', 'phone'], allowed }, async ({ page, open, ready, axe, screenshot, eventually }) => {
  await page.addInitScript(() => {
    window.upheldTestShifts = [];
    new PerformanceObserver((list) => window.upheldTestShifts.push(...list.getEntries().map(({ value, sources }) => ({ value, of: sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 80)) })))).observe({ type: 'layout-shift', buffered: true });
  });
  const go = await held(page);
  await open('/');
  const painted = await marked(page, 'first-map');
  const early = await page.evaluate((until) => performance.getEntriesByType('resource').filter(({ startTime }) => startTime < until).map(({ name }) => new URL(name).pathname), painted);
  assert.ok(early.every((path) => /\.css$/.test(path)), `before the first map was painted the page asked for ${early}`);
  const fills = await page.locator('#england path').evaluateAll((paths) => new Set(paths.map((path) => getComputedStyle(path).fill)).size);
  assert.ok(fills >= 6, `${fills} different fills`);
  assert.match(await page.locator('#england').getAttribute('aria-label'), /uphold rate/i);
  // Each size, weight and kind of figures is a font of its own, which the first map waits for: see style/tokens.css.
  const fonts = await page.evaluate(() => {
    const texts = document.evaluate('//body//*[self::input or self::select or text()[normalize-space()]][not(ancestor-or-self::template or self::script or self::style or self::noscript)]', document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    const found = Array.from({ length: texts.snapshotLength }, (_, i) => getComputedStyle(texts.snapshotItem(i)));
    return [...new Set(found.map(({ fontFamily, fontSize, fontWeight, fontVariantNumeric }) => [fontFamily.split(',')[0], fontSize, fontWeight, fontVariantNumeric].join(' ')))];
  });
  assert.ok(fonts.length > 4 && fonts.length <= (page.viewportSize().width < 600 ? 12 : 10), `${fonts.length} fonts: ${fonts.join('; ')}`);
  await screenshot('ahead');
  await axe('ahead of the program');
  const [ahead, controls] = [await frame(page, '#england path'), await page.locator('#measure').boundingBox()];
  // A reader does not wait.
  const field = page.getByRole('textbox', { name: 'Find a council or postcode' });
  await field.fill('lut');
  go();
  await ready();
  await drawn(page, 153);
  assert.equal(await page.locator('#england, [data-ahead]').count(), 0, 'nothing of it is left');
  const after = await frame(page, '.map path.leaflet-interactive');
  for (const side of Object.keys(after)) assert.ok(Math.abs(after[side] - ahead[side]) < 2, `${side}: ${ahead[side]} before, ${after[side]} now`);
  assert.deepEqual(await page.locator('#measure').boundingBox(), controls);
  assert.equal(await find(page).inputValue(), 'lut', 'what was typed is kept');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'find'));
  // Told in hundredths, as everybody tells it, it is 0.00: less than a line of the smallest text, once.
  const shifts = await page.evaluate(() => window.upheldTestShifts);
  assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < 0.005, JSON.stringify(shifts));
  await axe();
});

journey('a council’s page is all there before the program, drawings and all, and stays where the reader is in it', { windows: ['desktop', 'phone'], allowed }, async ({ page, open, ready, axe, screenshot, eventually }) => {
  const go = await held(page);
  await open('/council/luton-borough-council/');
  await page.getByRole('heading', { level: 1, name: 'Luton Borough Council' }).waitFor();
  // The words beside the drawing, which are drawn themselves later.
  const said = () =>
    section(page, 'Complaints upheld').evaluate((part) => {
      const copy = part.cloneNode(true);
      copy.querySelectorAll('.drawing, .drawing + .notice').forEach((drawing) => drawing.remove());
      return copy.textContent;
    });
  const before = (await said()).replace(/\s+/g, ' ');
  assert.match(before, /9 of 13/);
  assert.equal(await section(page, 'Over the years').locator('svg').count(), 1, 'the trend is drawn');
  const colours = await page.locator('.drawing svg').evaluateAll((drawings) => drawings.flatMap((drawing) => [...drawing.querySelectorAll('[fill^="#"], [stroke^="#"]')].map((shape) => shape.outerHTML)));
  assert.deepEqual(colours, [], 'every colour of a drawing is one of the page’s');
  await screenshot('ahead-council');
  await axe('ahead of the program');
  const scroller = page.locator('.panel-side').first();
  const top = await scroller.evaluate((side) => {
    side.scrollTop = 300;
    return side.scrollTop;
  });
  go();
  await ready();
  await opened(page, 'Luton Borough Council');
  assert.equal(await page.locator('[data-ahead]').count(), 0);
  await eventually(async () => assert.equal(await page.locator('.panel canvas').count() > 3, true, 'charts are drawn on canvases now'));
  assert.equal(await page.locator('.panel-side').evaluate((side) => side.scrollTop), top);
  assert.equal((await said()).replace(/\s+/g, ' '), before);
  await axe();
});

journey('an address that asks for other figures is not shown the map that was drawn ahead in the program’s place', async ({ page, open, ready, axe }) => {
  await open('/?year=2020');
  await ready();
  await drawn(page, 151);
  assert.equal(await page.locator('#england').count(), 0);
  await axe();
});

journey('what a reader has opened and focused before the programs stays so when they come', { windows: ['desktop', 'phone'], allowed }, async ({ page, open, ready }) => {
  const go = await held(page);
  let goOn;
  const free = new Promise((resolve) => (goOn = resolve));
  await page.route('**/upheld-details_bg.wasm', async (route) => {
    await free;
    await route.continue();
  });
  await open('/council/luton-borough-council/');
  const evidence = section(page, 'Complaints upheld').locator('details.evidence-of').first();
  const summary = evidence.locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  const name = await summary.innerText();
  const holds = () => page.waitForFunction((wanted) => document.activeElement?.innerText === wanted && document.activeElement.closest('details')?.open, name);
  await holds();
  go();
  await ready();
  await page.locator('#app > :not([data-ahead]) .panel').waitFor();
  await holds();
  goOn();
  await page.locator('[data-view] canvas').first().waitFor();
  await opened(page, 'Luton Borough Council');
  await holds();
});
