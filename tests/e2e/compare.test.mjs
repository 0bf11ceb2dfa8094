// Councils side by side: chosen by name or by set, held against each other, with warnings where they are not alike.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { address, assertNoSidewaysScroll, opened, panel, section, select } from './support/reader.mjs';

const compare = (slugs, more = '') => `/compare/?councils=${slugs.join(',')}${more}`;
const PAIR = ['luton-borough-council', 'slough-borough-council'];

async function drawn(it, chart) {
  await it.eventually(async () => {
    const size = await it.page.locator(`canvas[data-chart="${chart}"]`).evaluate((canvas) => [canvas.width, canvas.height]);
    assert.ok(size[0] > 250 && size[1] > 40, `${size}`);
  });
}

journey('councils are put side by side by typing their names', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, site, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Compare councils' }).waitFor();
  await axe();
  await page.getByLabel('Add councils, by name').fill('Luton, Reading');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('heading', { level: 1, name: 'Luton and Reading in 2023-24' }).waitFor();
  assert.equal(address(page, site), '/compare/?councils=luton-borough-council,reading-borough-council');
  await page.getByLabel('Add councils, by name').fill('Atlantis');
  await page.getByLabel('Add councils, by name').press('Enter');
  await page.getByText('No council is called “Atlantis”.').waitFor();
  const statistics = page.getByRole('table', { name: 'The three statistics in 2023-24' });
  const luton = (await statistics.getByRole('row', { name: /^Luton/ }).innerText()).replace(/\s+/g, ' ');
  assert.match(luton, /9 of 13 \(69%\) 95% interval 42% to 87% similar authorities 79%/);
  assert.match(luton, /not carried out/);
  await drawn(it, 'forest');
  await drawn(it, 'multiples');
  await page.getByText(/No clear difference between Luton and Reading|rate is (higher|lower) than Reading’s/).first().waitFor();
  await screenshot('compare-pair', { fullPage: true });
  await assertNoSidewaysScroll(page);
  await axe();
  await page.getByRole('link', { name: 'Leave out Reading Borough Council' }).click();
  await page.waitForFunction(() => location.search === '?councils=luton-borough-council');
  await page.waitForFunction(() => document.activeElement.nodeName === 'H1');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Luton and Reading in 2023-24' }).waitFor();
});

journey('a comparison starts from a set, and says what the set is', async (it) => {
  const { page, site, open, ready, axe } = it;
  await open('/council/luton-borough-council/');
  await ready();
  await opened(page, 'Luton Borough Council');
  const sets = section(page, 'Compared with similar authorities');
  await sets.getByText('nearest to its own: a council with as many cases has about as certain a rate').waitFor();
  await sets.getByRole('link', { name: 'Councils like Luton' }).click();
  await page.getByRole('heading', { level: 1, name: 'Luton and 7 others in 2023-24' }).waitFor();
  assert.equal(await page.getByRole('list', { name: 'Councils compared' }).getByRole('listitem').count(), 8);
  await page.getByRole('heading', { level: 2, name: 'Held against each other' }).waitFor();
  await page.getByText('Compare Luton with a set of councils').click();
  // Luton lies in Bedfordshire and borders on one other council's shape, Central Bedfordshire, and on the county of Hertfordshire.
  await page.getByRole('link', { name: 'Its neighbours on the map' }).click();
  await page.waitForFunction(() => location.search.includes('central-bedfordshire'));
  assert.match(address(page, site), /hertfordshire-county-council/);
  await axe();
});

journey('councils of other kinds are compared only after a warning, which stays', async (it) => {
  const { page, site, open, ready, axe, screenshot } = it;
  await open(compare(['kent-county-council', 'ashford-borough-council']));
  await ready();
  await page.getByRole('heading', { level: 2, name: 'These councils are not alike' }).waitFor();
  await page.getByText(/A county and a district do different work/).waitFor();
  assert.equal(await page.getByRole('table').count(), 0, 'nothing is compared yet');
  await screenshot('compare-warned');
  await axe();
  await page.getByRole('link', { name: 'Compare them all the same' }).click();
  await page.getByRole('table', { name: 'The three statistics in 2023-24' }).waitFor();
  assert.match(address(page, site), /anyway=yes/);
  await page.getByText(/A county and a district do different work/).waitFor();
  await select(page, 'Year').selectOption('2023');
  await page.getByRole('table', { name: 'The three statistics in 2022-23' }).waitFor();
  await page.getByText(/A county and a district do different work/).waitFor();
});

journey('a council is held against itself in another year, but not across a change of method', async (it) => {
  const { page, open, ready, axe } = it;
  await open(compare(PAIR));
  await ready();
  await page.getByLabel('Hold each council against itself in').selectOption('2025');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.waitForFunction(() => location.search.includes('then=2025'));
  await page.getByText(/Luton: \d+ of \d+ \(\d+%\) in 2024-25, 9 of 13 \(69%\) in 2023-24\. .*95% interval/).waitFor();
  await page.getByLabel('Hold each council against itself in').selectOption('2020');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { level: 3, name: '2019-20 and 2023-24 are not comparable' }).waitFor();
  const line = await page.getByText(/^Luton: 13 of 24 \(54%\) in 2019-20/).innerText();
  assert.ok(!/interval/.test(line), line);
  await axe();
});

journey('more councils than stand side by side are a table, and unknown ones are said', async (it) => {
  const { page, open, ready } = it;
  await open(compare(['luton-borough-council', 'no-such-council']));
  await ready();
  await page.getByText('“no-such-council”').waitFor();
  await page.getByText('Compare Luton with a set of councils').click();
  await page.getByRole('link', { name: 'All unitary councils' }).click();
  await page.getByText('With more than 8 councils every two of them would be too many to read').waitFor();
  const rows = page.getByRole('table', { name: 'The three statistics in 2023-24' }).locator('tbody tr');
  assert.equal(await rows.count(), 60);
});

journey('a comparison is made by keyboard alone', async (it) => {
  const { page, open, ready } = it;
  await open('/compare/');
  await ready();
  await page.getByLabel('Add councils, by name').focus();
  await page.keyboard.type('Leeds; Bradford');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Leeds and Bradford in 2023-24' }).waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'add-names');
  const slider = page.locator('figure').filter({ has: page.locator('canvas[data-chart="forest"]') }).getByRole('slider');
  await drawn(it, 'forest');
  await slider.focus();
  await page.keyboard.press('End');
  assert.match(await slider.getAttribute('aria-valuetext'), /^(Leeds|Bradford): /);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /council\/(city-of-bradford|leeds)/.test(location.pathname));
  await panel(page, /Leeds|Bradford/).waitFor();
});
