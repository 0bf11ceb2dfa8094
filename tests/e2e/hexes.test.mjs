// The hex map: every council one cell of the same size.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { address, drawn, opened, select, shapes } from './support/reader.mjs';

/** How many different sizes the shapes have on the screen, in whole pixels, leaving aside what rounding makes of one. */
const sizes = (page) =>
  shapes(page).evaluateAll((paths) => {
    const widths = paths.map((path) => path.getBoundingClientRect().width);
    return { least: Math.min(...widths), most: Math.max(...widths) };
  });

journey('every council can be shown as one hexagon of the same size, in its colour, and the address says so', { windows: ['desktop', 'phone'] }, async ({ page, site, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  await drawn(page, 153);
  const fills = await shapes(page).evaluateAll((paths) => paths.map((path) => path.dataset.fill).sort());
  await select(page, 'Map').selectOption({ label: 'One hexagon each' });
  await page.locator('.map[data-detail="hexes"]').waitFor();
  await drawn(page, 153);
  assert.equal(address(page, site), '/?map=hex');
  assert.deepEqual(await shapes(page).evaluateAll((paths) => paths.map((path) => path.dataset.fill).sort()), fills, 'the same councils have the same colours');
  await eventually(async () => {
    const { least, most } = await sizes(page);
    assert.ok(least > 8 && most - least < 3, `from ${least} to ${most} pixels wide`);
  });
  // Nothing else tells where the capital is.
  const around = page.locator('.map path.around');
  await around.waitFor();
  await page.getByText('The outline marks London.').waitFor();
  const [line, cells] = await Promise.all([around, shapes(page)].map((it) => it.evaluateAll((paths) => paths.map((path) => path.getBBox()).map(({ width, height }) => width * height))));
  assert.equal(line.length, 1);
  // A line round 33 cells that hang together lies in a box of no less than these, and much less than all.
  const cell = Math.max(...cells);
  assert.ok(line[0] > 25 * cell && line[0] < 80 * cell, `a box of ${line[0] / cell} cells`);
  await screenshot('hexes');
  await axe('with hexagons');
  await select(page, 'Councils shown').selectOption('lower');
  await drawn(page, 296);
  await select(page, 'Year').selectOption('2014');
  await drawn(page, 326);
  await screenshot('hexes-lower-2014');
  await page.goBack();
  await drawn(page, 296);
  await select(page, 'Map').selectOption({ label: 'Boundaries' });
  await page.locator('.map[data-detail="overview"]').waitFor();
  await drawn(page, 296);
  assert.equal(await around.count(), 0);
});

journey('an address with hexagons opens with them, and a council is chosen there as on the map', async ({ page, site, open, ready, axe }) => {
  await open('/?map=hex');
  await ready();
  await page.locator('.map[data-detail="hexes"]').waitFor();
  await drawn(page, 153);
  await shapes(page).nth(20).click();
  await page.locator('#council-name').waitFor();
  await opened(page, await page.locator('#council-name').innerText());
  assert.match(address(page, site), /^\/council\/[a-z-]+\/\?map=hex$/);
  // The line round London is drawn over what was pointed at and chosen.
  assert.ok(await page.locator('.map path').evaluateAll((paths) => paths.at(-1).classList.contains('around') && paths.some((path) => path.hasAttribute('data-chosen'))));
  await axe('with a council chosen');
});

journey('the same map stands year by year, one below another class by class, and can be taken away', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  const years = page.locator('details.map-years');
  await years.locator('summary').first().click();
  const canvas = years.locator('canvas[data-chart="map-years"]');
  await canvas.waitFor();
  await eventually(async () => {
    const painted = await canvas.evaluate((it) => {
      const { data } = it.getContext('2d').getImageData(0, 0, it.width, it.height);
      const colours = new Set();
      for (let at = 0; at < data.length; at += 4) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
      return colours.size;
    });
    assert.ok(painted > 6, `${painted} colours`);
  });
  assert.match(await canvas.getAttribute('aria-label'), /for each year.*2018-19: \d+ of \d+ have a figure/s);
  assert.ok(await years.locator('tbody tr').count() >= 5, 'a row for each year');
  await axe('with small maps');
  await canvas.screenshot();
  await screenshot('map-years');
  // Another measure, and they stay open.
  await select(page, 'Measure').selectOption('compliance');
  await page.locator('details.map-years[open] figcaption', { hasText: /ompliance/ }).waitFor();
  await years.locator('details.take > summary').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), years.getByRole('button', { name: 'Rows (CSV)' }).click()]);
  assert.match(saved.suggestedFilename(), /map-over-the-years\.csv$/);
});

journey('small maps that cannot be fetched say so, and come when they are asked for again', { expected: [/request failed: .*geo\/hex/, /console error: .*geo\/hex/] }, async ({ page, open, ready }) => {
  await open('/');
  await ready();
  await page.route('**/geo/hex-*', (route) => route.abort());
  const years = page.locator('details.map-years');
  const summary = years.locator('summary').first();
  await summary.click();
  await years.getByRole('alert').waitFor();
  await page.unroute('**/geo/hex-*');
  await summary.click();
  await summary.click();
  await years.locator('canvas').waitFor();
});
