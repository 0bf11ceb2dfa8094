// Another year, measure or tier; an address that is shared, and one that cannot be read.
import assert from 'node:assert/strict';
import { councils } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { address, drawn, legend, map, opened, panel, said, section, select, shapeWidth, shapes } from './support/reader.mjs';
import { measured, timesMeasured } from './support/site.mjs';

/** What the map says of itself: shapes drawn, legend, line and address agree on `year`, `tier` and `measure`. */
async function assertShown(it, { year, tier, measure, path }) {
  const { page, site, eventually } = it;
  const expected = councils(year, tier).length;
  await drawn(page, expected);
  const label = `${year - 1}-${year % 100}`;
  await eventually(async () => assert.match(await page.locator('.coverage').innerText(), new RegExp(`^\\d+ of ${expected} councils have a figure in this edition`)));
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), `${measure} of English councils, ${label}`);
  const { total } = await legend(page);
  assert.equal(total, expected);
  await page.locator('.legend').getByRole('heading', { name: measure, exact: true }).waitFor();
  assert.equal(address(page, site), path);
  assert.equal(await page.title(), `${measure} of English councils, ${label} – Upheld`);
  assert.equal(await select(page, 'Year').inputValue(), String(year));
  assert.equal(await select(page, 'Councils shown').inputValue(), tier);
}

journey('year, measure and tier can be changed, on the boundaries of that year; Back undoes each', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  const steps = [
    { path: '/', year: 2024, tier: 'upper', measure: 'Uphold rate', shapes: 153 },
    { change: ['Councils shown', 'Districts and single-tier councils'], path: '/?tier=lower', year: 2024, tier: 'lower', measure: 'Uphold rate', shapes: 296, says: 'Showing uphold rate, 2023-24, districts and single-tier councils.' },
    { change: ['Year', '2013-14'], path: '/?year=2014&tier=lower', year: 2014, tier: 'lower', measure: 'Uphold rate', shapes: 326, says: 'Showing uphold rate, 2013-14, districts and single-tier councils.' },
    { change: ['Councils shown', 'Counties and single-tier councils'], path: '/?year=2014', year: 2014, tier: 'upper', measure: 'Uphold rate', shapes: 152 },
    { change: ['Year', '2022-23'], path: '/?year=2023', year: 2023, tier: 'upper', measure: 'Uphold rate', shapes: councils(2023, 'upper').length },
    { change: ['Measure', 'Satisfactory remedy rate'], path: '/?year=2023&measure=remedy', year: 2023, tier: 'upper', measure: 'Satisfactory remedy rate', shapes: councils(2023, 'upper').length },
    { change: ['Measure', 'Compliance rate'], path: '/?year=2023&measure=compliance', year: 2023, tier: 'upper', measure: 'Compliance rate', shapes: councils(2023, 'upper').length },
    { change: ['Measure', 'Upheld per 100,000 residents'], path: '/?year=2023&measure=upheld-per-100k', year: 2023, tier: 'upper', measure: 'Upheld per 100,000 residents', shapes: councils(2023, 'upper').length },
  ];
  for (const step of steps) {
    assert.equal(councils(step.year, step.tier).length, step.shapes);
    if (step.change) {
      const before = await timesMeasured(page, 'recolour');
      await select(page, step.change[0]).selectOption({ label: step.change[1] });
      assert.ok((await measured(page, 'recolour', before)) >= 0);
    }
    await assertShown(it, step);
    if (step.says) assert.equal(await said(page).innerText(), step.says);
    if (step.change) await screenshot(`view-${step.path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}`);
  }
  await axe();
  for (const step of steps.slice(0, -1).reverse()) {
    await page.goBack();
    await assertShown(it, step);
  }
  await axe();
});

journey('a year of which next to nothing is known leads to the one with most', async ({ page, site, open, ready, eventually, axe }) => {
  await open('/?year=2014');
  await ready();
  const coverage = page.locator('.coverage').first();
  assert.match(await coverage.innerText(), /^\d of 152 councils have a figure in this edition\. 2023-24 has most\./);
  await axe();
  await page.getByRole('link', { name: '2023-24 has most' }).click();
  await drawn(page, 153);
  assert.equal(address(page, site), '/');
  await eventually(async () => assert.doesNotMatch(await coverage.innerText(), /has most/));
});

journey('a shared address shows another reader the same', async ({ page, context, site, open, ready, axe, screenshot }) => {
  await open('/');
  await ready();
  await select(page, 'Councils shown').selectOption('lower');
  await select(page, 'Year').selectOption('2020');
  await select(page, 'Measure').selectOption('remedy');
  await page.getByRole('combobox', { name: 'Find a council or postcode' }).fill('luton borough');
  await page.getByRole('combobox', { name: 'Find a council or postcode' }).press('Enter');
  await opened(page, 'Luton Borough Council');
  const shared = page.url();
  assert.equal(address(page, site), '/council/luton-borough-council/?year=2020&measure=remedy&tier=lower');

  const other = await context.newPage();
  await other.goto(shared);
  await opened(other, 'Luton Borough Council');
  await drawn(other, councils(2020, 'lower').length);
  assert.equal(other.url(), shared);
  for (const [name, value] of [['Year', '2020'], ['Measure', 'remedy'], ['Councils shown', 'lower']]) assert.equal(await select(other, name).inputValue(), value);
  assert.equal(await other.title(), await page.title());
  await other.getByRole('heading', { level: 3, name: 'Where these figures come from' }).waitFor();
  assert.equal(await panel(other, 'Luton Borough Council').innerText(), await panel(page, 'Luton Borough Council').innerText());
  await other.close();
  await screenshot('shared');
  await axe();
});

journey('what an address asks for and is not known is said, and the rest is shown', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, open, ready, axe, screenshot } = it;
  await open('/?year=1999&measure=luck&tier=middle&utm_source=letter');
  await ready();
  const notice = page.locator('.notice[role=status]');
  await notice.waitFor();
  const lines = await notice.getByRole('paragraph').allInnerTexts();
  assert.equal(lines.length, 3, lines.join('\n'));
  assert.match(lines[0], /year “1999”.*Showing 2023-24/);
  assert.match(lines[1], /measure “luck”.*Showing uphold rate/);
  assert.match(lines[2], /tier “middle”.*Showing counties and single-tier councils/);
  await drawn(page, 153);
  await screenshot('address-unknown-values');
  await axe();
});

journey('a council that nobody knows is a page that says so, kindly, with ways on', {
  expected: [/^status 404: .*\/council\/atlantis-city-council\/$/, /^console error: Failed to load resource.*404.*\/council\/atlantis-city-council\//],
}, async ({ page, open, ready, axe, screenshot }) => {
  const response = await open('/council/atlantis-city-council/');
  assert.equal(response.status(), 404);
  await page.getByRole('heading', { level: 1, name: 'There is no page here' }).waitFor();
  assert.equal(await page.title(), 'Page not found – Upheld');
  await screenshot('not-found');
  await axe();
  await page.getByRole('link', { name: 'The map of councils' }).click();
  await ready();
  await map(page).waitFor();
  await drawn(page, 153);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'There is no page here' }).waitFor();
  await axe();
});

journey('an address that leads nowhere is answered so by the server', {
  expected: [/^status 404: .*\/nowhere$/, /^console error: Failed to load resource.*404.*\/nowhere/],
}, async ({ page, open, axe }) => {
  assert.equal((await open('/nowhere')).status(), 404);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('link', { name: /map/i }).first().waitFor();
  await axe();
});

journey('the site works under a path of somebody’s host', { base: '/sub/path/' }, async ({ page, site, open, ready, axe }) => {
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  assert.match((await section(page, 'Complaints upheld').innerText()).replace(/\s+/g, ' '), /13 of 24/);
  await drawn(page, councils(2020, 'upper').length);
  await page.getByRole('link', { name: 'See all councils as a table' }).click();
  await page.getByRole('table', { name: 'Councils', exact: true }).waitFor();
  assert.equal(address(page, site), '/table/?year=2020');
  await page.goBack();
  await opened(page, 'Luton Borough Council');
  await page.reload();
  await opened(page, 'Luton Borough Council');
  await open('/');
  await ready();
  await drawn(page, 153);
  await axe();
});

journey('coming closer, the boundaries follow the ground more closely; “All of England” leads back', { windows: ['desktop', 'phone'] }, async ({ page, window, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  const detail = (wanted) => page.locator(`.map[data-detail="${wanted}"]`).waitFor();
  const asked = [];
  page.on('request', (request) => /-detail\.geojson$/.test(request.url()) && asked.push(request.url()));
  await detail('overview');
  // The council in the middle of the map, which stays in view from step to step: Lincolnshire, Staffordshire.
  const MIDDLE = { desktop: 'E10000019', phone: 'E10000028' }[window];
  const whole = await shapeWidth(page, MIDDLE);
  const points = () => shapes(page).evaluateAll((paths) => paths.reduce((sum, path) => sum + path.getAttribute('d').length, 0));
  const closer = page.getByRole('button', { name: 'Zoom in' });
  await closer.click();
  await shapeWidth(page, MIDDLE, { least: whole * 1.9 });
  await detail('overview');
  assert.deepEqual(asked, [], 'one step closer the first boundaries are good enough');
  await closer.click();
  await detail('full');
  await shapeWidth(page, MIDDLE, { least: whole * 3.8 });
  assert.equal(asked.length, 1);
  assert.match(asked[0], /geo\/upper-2024-detail\.geojson$/);
  assert.ok((await points()) > 0);
  assert.ok((await shapes(page).evaluateAll((paths) => paths.every((path) => path.dataset.fill))), 'every shape keeps its colour');
  await screenshot('zoomed-in');
  await axe();
  await page.getByRole('button', { name: 'All of England' }).click();
  await shapeWidth(page, MIDDLE, { most: whole * 1.05 });
  assert.equal(await page.getByRole('button', { name: 'Zoom out' }).getAttribute('aria-disabled'), 'true');
  await eventually(async () => {
    const beyond = await page.evaluate(() => {
      const frame = document.querySelector('.map').getBoundingClientRect();
      return [...document.querySelectorAll('.map path.leaflet-interactive')].filter((path) => path.getBoundingClientRect().top < frame.top - 1 || path.getBoundingClientRect().bottom > frame.bottom + 1).length;
    });
    assert.equal(beyond, 0);
  });
  assert.equal(asked.length, 1, 'what has been loaded is not asked for again');
  await screenshot('all-of-england');
  await axe();
});

journey('leaving the map while it still moves does no harm', async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  // The map is left within the quarter of a second that its zooming takes; what it does after that would be an error.
  await page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    document.querySelector('.leaflet-control-zoom-in').click();
    await frame();
    await frame();
    document.querySelector('nav a[href*="about"]').click();
  });
  await page.getByRole('heading', { level: 1, name: 'About Upheld' }).waitFor();
  // Longer than Leaflet's own timer, by the page's clock.
  await page.evaluate(() => new Promise((passed) => setTimeout(passed, 400)));
  await axe();
});
