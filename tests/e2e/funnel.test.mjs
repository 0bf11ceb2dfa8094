// Chance on the page: the map against similar authorities, the funnel plot, and what the two tell each other.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { address, assertNoSidewaysScroll, drawn, legend, opened, pointOn, section, select, shapes, table } from './support/reader.mjs';

const overview = (page) => page.locator('section.panel.overview');
const funnel = (page) => page.locator('figure').filter({ has: page.locator('canvas[data-chart="funnel"]') });
const steps = (page) => funnel(page).getByRole('slider');
const lit = (page) => page.locator('.map path[data-lit]');

/** Waits until the funnel plot is drawn. */
async function plotted(it) {
  await it.eventually(async () => {
    const colours = await it.page.locator('canvas[data-chart="funnel"]').evaluate((canvas) => {
      const copy = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height)).getContext('2d', { willReadFrequently: true });
      if (canvas.width && canvas.height) copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, Math.max(1, canvas.width), Math.max(1, canvas.height));
      return new Set(new Uint32Array(data.buffer)).size;
    });
    assert.ok(colours > 8, 'the funnel plot is blank');
  });
}

/** The place in the window of the dot on which a ring lies. */
async function ringed(page) {
  const box = await funnel(page).locator('.ring').boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

journey('the map shows what chance does not explain, and the legend says how many', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, site, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  await select(page, 'Colours').selectOption('similar');
  await page.getByRole('heading', { level: 1, name: 'Uphold rate of English councils, 2023-24, against similar authorities' }).waitFor();
  assert.equal(address(page, site), '/?against=similar');
  await drawn(page, 153);
  const { rows, total } = await legend(page);
  assert.equal(total, 153);
  assert.deepEqual(rows.map(({ label }) => label), [
    'higher than chance explains',
    'lower than chance explains',
    'no more than chance explains',
    'the same, on few cases',
    'too few cases, or counts not known',
    'no figure',
  ]);
  const fills = await shapes(page).evaluateAll((paths) => paths.map((path) => path.dataset.fill));
  assert.equal(fills.filter((fill) => fill === 'higher' || fill === 'lower').length, rows[0].count + rows[1].count);
  assert.ok(fills.includes('within') && fills.includes('unsure') && fills.includes('none'));
  await screenshot('map-against');
  await axe();
  await select(page, 'Measure').selectOption('upheld-per-100k');
  await page.getByText('This measure is no share of cases').first().waitFor();
  await page.goBack();
  await select(page, 'Colours').selectOption('');
  await page.waitForFunction(() => !location.search.includes('against'));
  await assertNoSidewaysScroll(page);
});

journey('a dot of the funnel plot lights up its council on the map, and the map lights up the dot', async (it) => {
  const { page, site, open, ready, eventually, axe, screenshot } = it;
  await open('/');
  await ready();
  await plotted(it);
  await funnel(page).scrollIntoViewIfNeeded();
  await steps(page).focus();
  await page.keyboard.press('ArrowRight');
  await lit(page).waitFor();
  const said = await steps(page).getAttribute('aria-valuetext');
  assert.match(said, /: \d+ of \d+ \(\d+%\)$/);
  assert.equal(await funnel(page).locator('.tip').innerText(), said);
  await screenshot('funnel-stepped');
  await axe();

  // By mouse: the same dot, then none.
  const at = await ringed(page);
  await page.keyboard.press('Escape');
  await eventually(async () => assert.equal(await lit(page).count(), 0));
  await page.mouse.move(at.x, at.y);
  await lit(page).waitFor();
  assert.equal(await funnel(page).locator('.tip').innerText(), said);
  await page.mouse.move(5, 5);
  await eventually(async () => assert.equal(await funnel(page).locator('.ring').count(), 0));

  // From the map: Luton is a unitary council, and among the dots.
  await page.getByLabel('Type of council').selectOption('unitary');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.waitForFunction(() => location.search.includes('type=unitary'));
  await plotted(it);
  const luton = await pointOn(page, 'E06000032');
  await page.mouse.move(luton.x, luton.y);
  await funnel(page).locator('.tip', { hasText: 'Luton: 9 of 13 (69%)' }).waitFor();

  // A press on a dot opens its council.
  const dot = await ringed(page);
  await funnel(page).scrollIntoViewIfNeeded();
  await page.mouse.move(luton.x, luton.y);
  await funnel(page).locator('.ring').waitFor();
  const now = await ringed(page);
  assert.ok(dot.x > 0);
  await page.mouse.click(now.x, now.y);
  await opened(page, 'Luton Borough Council');
  assert.match(address(page, site), /^\/council\/luton-borough-council\//);
});

journey('a frame in the funnel plot leaves its councils on the map and in the table, and the address keeps it', async (it) => {
  const { page, site, open, ready, eventually, screenshot, axe } = it;
  await open('/?type=unitary');
  await ready();
  await plotted(it);
  const canvas = page.locator('canvas[data-chart="funnel"]');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.5, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(() => /cases=\d+-\d+&rates=\d+-\d+/.test(location.search));
  const selected = Number(/(\d+) selected in the funnel plot/.exec(await page.locator('.coverage').first().innerText())[1]);
  assert.ok(selected > 0 && selected < 24, `${selected}`);
  assert.equal(await page.locator('.map path:not([data-out])').count() > 0, true);
  await eventually(async () => assert.equal(await shapes(page).count() - (await page.locator('.map path[data-out]').count()), selected));
  await screenshot('funnel-selected');
  await axe();
  await page.getByRole('link', { name: 'See all councils as a table' }).click();
  await eventually(async () => assert.equal(await page.locator('table.councils tbody tr').count(), selected));
  await page.getByText('Only what was selected in the funnel plot.').waitFor();
  await page.getByRole('link', { name: 'Show all' }).click();
  await eventually(async () => assert.equal(await page.locator('table.councils tbody tr').count(), 153));
  assert.equal(address(page, site), '/table/');
});

journey('councils are selected by typed numbers, without a mouse', async (it) => {
  const { page, site, open, ready, eventually } = it;
  await open('/?type=metropolitan');
  await ready();
  await plotted(it);
  await page.getByLabel('From how many investigations').fill('40');
  await page.getByLabel('From what rate, in %').fill('80');
  await page.getByLabel('From what rate, in %').press('Enter');
  await page.waitForFunction(() => location.search.includes('cases=40-'));
  await page.waitForFunction(() => document.activeElement.form?.dataset.form === 'select');
  assert.match(address(page, site), /^\/\?type=metropolitan&cases=40-\d+&rates=80-100$/);
  const selected = Number(/(\d+) selected in the funnel plot/.exec(await page.locator('.coverage').first().innerText())[1]);
  await eventually(async () => assert.equal(await shapes(page).count() - (await page.locator('.map path[data-out]').count()), selected));
  await overview(page).getByRole('link', { name: 'Show all' }).click();
  await page.waitForFunction(() => !location.search.includes('cases'));
});

journey('a council says whether chance explains its rate, and between which ranks it stands', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, open, ready, axe, screenshot } = it;
  await open('/council/birmingham-city-council/?year=2024');
  await ready();
  await opened(page, 'Birmingham City Council');
  const compared = section(page, 'Compared with similar authorities');
  await compared.getByText(/At that rate chance alone (can give|would give|easily gives)/).first().waitFor();
  await compared.getByText(/^(Between \d+\w\w and \d+\w\w|The .*)\s?highest by uphold rate\. That is 95% certain, and of the 14 metropolitan boroughs with counts in this edition\.$/).waitFor();
  await plotted(it);
  await compared.getByText('The same numbers as a table, and in words').nth(1).click();
  const rows = compared.getByRole('table', { name: 'Uphold rate by number of cases, 2023-24' });
  assert.equal(await rows.locator('tbody tr').count(), 14);
  await section(page, 'Complaints upheld').locator('canvas').waitFor();
  await screenshot('birmingham-chance', { fullPage: true });
  await assertNoSidewaysScroll(page);
  await axe();
});
