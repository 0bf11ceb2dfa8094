// The map without a mouse: from council to council by keys.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { drawn, opened, select } from './support/reader.mjs';

/** What is said of the step, once it differs from `before`. */
async function said(page, before = '') {
  const text = await page.waitForFunction((last) => {
    const now = document.querySelector('.stepped')?.textContent;
    return now && now !== last && now;
  }, before);
  return text.jsonValue();
}

/** The middle of the shape that is lit, in pixels. */
const lit = (page) =>
  page.locator('.map path[data-lit]').evaluate((path) => {
    const { left, right, top, bottom } = path.getBoundingClientRect();
    return [(left + right) / 2, (top + bottom) / 2];
  });

journey('the map can be walked through by keys, from council to council in the direction of the arrow', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  await drawn(page, 153);
  // The second program brings it.
  await page.getByRole('heading', { name: 'What the map shows' }).waitFor();
  const map = page.getByRole('application', { name: /^Map/ });
  await map.focus();
  const help = await said(page);
  assert.match(help, /Enter: step from council to council/);
  await axe('with the map focused');
  await page.keyboard.press('Enter');
  let last = await said(page, help);
  assert.match(last, /Escape ends\. .+: .+\.$/);
  for (const [key, way] of [['ArrowUp', ([x0, y0], [x1, y1]) => y1 < y0 && Math.abs(x1 - x0) < 2 * Math.abs(y1 - y0)], ['ArrowRight', ([x0, y0], [x1, y1]) => x1 > x0 && Math.abs(y1 - y0) < 2 * Math.abs(x1 - x0)], ['ArrowDown', ([, y0], [, y1]) => y1 > y0], ['ArrowLeft', ([x0], [x1]) => x1 < x0]]) {
    const from = await lit(page);
    await page.keyboard.press(key);
    last = await said(page, last);
    const to = await lit(page);
    assert.ok(way(from, to), `${key} led from ${from} to ${to}: ${last}`);
    assert.match(last, /: (\d+ of \d+|\d+%|no figure|.*not in this edition)/);
  }
  await screenshot('steps');
  await axe('in the midst of it');
  // To the end of England.
  for (let i = 0; i < 40 && !/further north/.test(last); i += 1) {
    await page.keyboard.press('ArrowUp');
    last = await said(page, last);
  }
  assert.match(last, /^No council lies further north than /);
  await page.keyboard.press('Escape');
  await said(page, last);
  assert.equal(await page.locator('.map path[data-lit]').count(), 0);
  // Arrows move the map again, and a second start begins anew.
  await page.keyboard.press('Enter');
  last = await said(page, help);
  const name = /Escape ends\. (.+?): /.exec(last)[1];
  await page.keyboard.press('Enter');
  await opened(page, name);
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'council-name'));
  await axe('with the council open');
  // Escape returns to the map, where the steps go on.
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.classList.contains('map-canvas'));
  last = await said(page);
  assert.ok(last.startsWith(`${name}: `), last);
  await page.locator('.map path[data-lit]').waitFor();
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await said(page, last), last);
});

journey('on the hex map a step goes to the cell that touches, and keeps to the map when it changes', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, axe }) => {
  await open('/?map=hex');
  await ready();
  await page.locator('.map[data-detail="hexes"]').waitFor();
  await drawn(page, 153);
  await page.getByRole('heading', { name: 'What the map shows' }).waitFor();
  const map = page.getByRole('application', { name: /^Map/ });
  await map.focus();
  let last = await said(page);
  const cell = () => page.locator('.map path[data-lit]').evaluate((path) => {
    // As Leaflet draws it, without the stroke, which is wider where a cell is lit.
    const { x, y, width, height } = path.getBBox();
    return { x: x + width / 2, y: y + height / 2, width };
  });
  await page.keyboard.press('Enter');
  last = await said(page, last);
  for (const [key, east, south] of [['ArrowRight', 1, 0], ['ArrowUp', 0.5, -0.87], ['ArrowLeft', -1, 0], ['ArrowDown', 0.5, 0.87], ['ArrowLeft', -1, 0]]) {
    const from = await cell();
    await page.keyboard.press(key);
    last = await said(page, last);
    const to = await cell();
    const [x, y] = [(to.x - from.x) / from.width, (to.y - from.y) / from.width];
    assert.ok(Math.abs(Math.abs(x) - Math.abs(east)) < 0.1 && Math.abs(y - south) < 0.1 && (south || Math.sign(x) === Math.sign(east)), `${key}: ${x.toFixed(2)}, ${y.toFixed(2)} cells: ${last}`);
  }
  await axe('stepping over hexagons');
  await page.keyboard.press('Escape');
  await said(page, last);
  // The other tier has cells of its own.
  await select(page, 'Councils shown').selectOption('lower');
  await drawn(page, 296);
  await map.focus();
  const help = await said(page);
  await page.keyboard.press('Enter');
  last = await said(page, help);
  await page.locator('.map path[data-lit]').waitFor();
  const before = await cell();
  await page.keyboard.press('ArrowRight');
  await said(page, last);
  const after = await cell();
  assert.ok(Math.abs((after.x - before.x) / before.width - 1) < 0.1 && Math.abs(after.y - before.y) < 1, JSON.stringify({ before, after }));
});

journey('hexagons that cannot be fetched for steps are said so, and steps begin when asked again', { expected: [/request failed: .*geo\/hex/, /console error: .*geo\/hex/] }, async ({ page, open, ready }) => {
  await open('/?map=hex');
  await ready();
  await drawn(page, 153);
  await page.getByRole('heading', { name: 'What the map shows' }).waitFor();
  await page.route('**/geo/hex-*', (route) => route.abort());
  await page.getByRole('application', { name: /^Map/ }).focus();
  const help = await said(page);
  await page.keyboard.press('Enter');
  const problem = await said(page, help);
  assert.match(problem, /^The hexagons could not be loaded\. .*Press Enter to try again\.$/);
  await page.unroute('**/geo/hex-*');
  await page.keyboard.press('Enter');
  assert.match(await said(page, problem), /Escape ends\. .+: .+\.$/);
});

journey('steps begin in the map’s middle where the open council is not on it, and lead back to one that is open', async ({ page, open, ready, eventually }) => {
  // Cumbria ended in 2023: the map of 2023-24 has others in its place.
  await open('/council/cumbria-county-council/?year=2024');
  await ready();
  await opened(page, 'Cumbria County Council');
  const map = page.getByRole('application', { name: /^Map/ });
  await map.focus();
  let last = await said(page);
  await page.keyboard.press('Enter');
  last = await said(page, last);
  assert.match(last, /Escape ends\. .+: .+\.$/);
  assert.doesNotMatch(last, /Cumbria County/);
  await page.keyboard.press('ArrowUp');
  last = await said(page, last);
  assert.doesNotMatch(last, /^No council lies/);
  // Who holds Enter a little long opens nothing.
  await page.keyboard.press('Escape');
  last = await said(page, last);
  await page.keyboard.down('Enter');
  last = await said(page, last);
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  assert.equal(await page.locator('.map path[data-lit]').count(), 1);
  assert.ok(await page.getByRole('heading', { level: 2, name: 'Cumbria County Council' }).isVisible());

  await open('/council/luton-borough-council/');
  await ready();
  await opened(page, 'Luton Borough Council');
  await map.focus();
  last = await said(page);
  await page.keyboard.press('Enter');
  assert.match(await said(page, last), /Luton Borough Council: /);
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), 'council-name'));
});
