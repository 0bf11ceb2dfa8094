// The map without a mouse: from council to council by keys.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { drawn, opened } from './support/reader.mjs';

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
});
