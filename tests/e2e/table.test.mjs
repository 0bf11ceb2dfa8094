// All councils as a table: the map's equal.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { councils } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { address, assertNoSidewaysScroll, drawn, map, opened, select, table } from './support/reader.mjs';

// By their place in the table, once it has been found by its role and name: to ask for the role of each of a thousand
// cells takes long.
const rows = (page) => page.locator('table.councils tbody tr');
const column = (page, place) => page.locator(`table.councils tbody tr > :nth-child(${place})`).allTextContents();
const heading = (page, name) => page.locator('table.councils thead').getByRole('columnheader', { name, exact: true });

async function shows(it, count) {
  await it.eventually(async () => assert.equal(await rows(it.page).count(), count));
}

journey('the table holds every council of the year and tier, as the address says', async (it) => {
  const { page, site, open, ready, axe, screenshot } = it;
  await open('/');
  await ready();
  await select(page, 'Councils shown').selectOption('lower');
  await select(page, 'Year').selectOption('2020');
  await page.getByRole('link', { name: 'See all councils as a table' }).click();
  await page.getByRole('heading', { level: 1, name: 'All councils, 2019-20' }).waitFor();
  assert.equal(address(page, site), '/table/?year=2020&tier=lower');
  await page.waitForFunction(() => document.activeElement?.nodeName === 'H1');
  await shows(it, councils(2020, 'lower').length);
  await select(page, 'Year').selectOption('2014');
  await shows(it, 326);
  assert.equal(await page.title(), 'All councils, 2013-14 – Upheld');
  await page.goBack();
  await shows(it, councils(2020, 'lower').length);
  const names = new Set((await column(page, 1)).map((name) => name.trim()));
  for (const { name } of councils(2020, 'lower')) assert.ok(names.has(name), name);
  await screenshot('table');

  await table(page).getByRole('link', { name: 'Luton Borough Council' }).click();
  await opened(page, 'Luton Borough Council');
  assert.equal(address(page, site), '/council/luton-borough-council/?year=2020&tier=lower');
  await page.goBack();
  await shows(it, councils(2020, 'lower').length);
  await page.getByRole('link', { name: 'Map', exact: true }).click();
  await map(page).waitFor();
  assert.equal(address(page, site), '/?year=2020&tier=lower');
  await drawn(page, councils(2020, 'lower').length);
  await axe();
});

journey('the table is sorted by each of its columns, by mouse and by keyboard', async (it) => {
  const { page, site, open, ready, eventually, axe, screenshot } = it;
  await open('/table/');
  await ready();
  await table(page).waitFor();
  await shows(it, 153);
  assert.equal(await heading(page, 'Council').getAttribute('aria-sort'), 'ascending');
  const press = {
    mouse: (button) => button.click(),
    keyboard: async (button) => {
      await button.focus();
      await page.keyboard.press('Enter');
    },
  };
  const percent = (cell) => Number(/([\d.]+)%/.exec(cell)?.[1] ?? Number.NaN);
  const perResidents = (cell) => (/^[\d.]+/.test(cell) ? Number.parseFloat(cell) : Number.NaN);
  const words = (cell) => cell.trim();
  for (const [place, name, key, first, read] of [
    [6, 'Type', 'type', 'ascending'],
    [7, 'Region', 'region', 'ascending'],
    [2, 'Uphold rate', 'uphold', 'descending', percent],
    [3, 'Upheld per 100,000 residents', 'upheld-per-100k', 'descending', perResidents],
    [4, 'Compliance rate', 'compliance', 'descending', percent],
    [5, 'Satisfactory remedy rate', 'remedy', 'descending', percent],
    [1, 'Council', undefined, 'ascending'],
  ]) {
    const other = first === 'ascending' ? 'descending' : 'ascending';
    for (const [way, order] of [['mouse', first], ['keyboard', other]]) {
      await press[way](heading(page, name).getByRole('button'));
      await eventually(async () => assert.equal(await heading(page, name).getAttribute('aria-sort'), order));
      const query = [key && `sort=${key}`, order === 'descending' && 'order=desc'].filter(Boolean).join('&');
      assert.equal(address(page, site), `/table/${query && `?${query}`}`);
      assert.equal(await page.locator('table.councils th[aria-sort="ascending"], th[aria-sort="descending"]').count(), 1);
      const cells = await column(page, place);
      assert.equal(cells.length, 153);
      if (read) {
        const values = cells.map(read);
        const known = values.filter((value) => !Number.isNaN(value));
        assert.ok(known.length > 20, `${name}: ${known.length} figures`);
        assert.ok(values.slice(known.length).every(Number.isNaN), `${name}: those without a figure come last`);
        for (let at = 1; at < known.length; at += 1) {
          const rises = known[at] - known[at - 1];
          // Rates that print alike may stand in the order of their counts.
          assert.ok(order === 'descending' ? rises <= 1 : rises >= -1, `${name}, ${order}: ${known[at - 1]} before ${known[at]}`);
        }
      } else {
        const groups = cells.map(words).filter((cell, at, all) => cell !== all[at - 1]);
        assert.equal(new Set(groups).size, groups.length, `${name}: equal cells stand together`);
      }
      if (way === 'mouse' && key === 'uphold') {
        await heading(page, name).scrollIntoViewIfNeeded();
        await screenshot('table-sorted');
      }
    }
  }
  await select(page, 'Region').selectOption({ label: 'East of England' });
  await axe();
});

journey('the table is filtered by type, region and name', async (it) => {
  const { page, site, open, ready, axe, screenshot } = it;
  await open('/table/');
  await ready();
  const upper = councils(2024, 'upper');
  await select(page, 'Type').selectOption({ label: 'Unitary councils' });
  await shows(it, upper.filter(({ type }) => type === 'unitary').length);
  assert.equal(address(page, site), '/table/?type=unitary');
  await select(page, 'Region').selectOption({ label: 'East of England' });
  const some = upper.filter(({ type, region }) => type === 'unitary' && region === 'East of England');
  await shows(it, some.length);
  assert.equal(address(page, site), '/table/?type=unitary&region=east-of-england');
  assert.match(await page.locator('.coverage').innerText(), new RegExp(`of the ${some.length} councils in this table`));
  await page.getByRole('textbox', { name: 'Name contains' }).fill('LUT');
  await shows(it, 1);
  await screenshot('table-filtered');
  await axe();
  await page.getByRole('textbox', { name: 'Name contains' }).fill('zzz');
  await page.getByText('No council here fits these filters.').waitFor();
  assert.ok(await page.getByRole('link', { name: 'Districts and single-tier councils' }).isVisible(), 'half of all councils stand in the other tier');
  await screenshot('table-empty');
  await axe('with no row left');
  await page.getByRole('textbox', { name: 'Name contains' }).fill('');
  await page.goBack();
  await shows(it, upper.filter(({ type }) => type === 'unitary').length);
  assert.equal(await select(page, 'Region').inputValue(), '');
  await axe();
});

journey('on the phone the table scrolls in its own box, and the page does not', { windows: ['phone'] }, async (it) => {
  const { page, open, ready, axe, screenshot } = it;
  await open('/table/?sort=uphold&order=desc');
  await ready();
  await shows(it, 153);
  const box = page.getByRole('group', { name: 'Table of councils, scrolls sideways' });
  const { room, content } = await box.evaluate((element) => ({ room: element.clientWidth, content: element.scrollWidth }));
  assert.ok(content > room, 'there is more than fits');
  assert.ok(room <= 390);
  await assertNoSidewaysScroll(page);
  // A name without its rate says nothing: both are in view as the table first stands, in the narrowest window, too.
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const [edge, ends] = await box.evaluate((element) => [element.getBoundingClientRect().right, [...element.querySelectorAll('tr > :nth-child(2)')].map((cell) => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return words.getBoundingClientRect().right;
    })]);
    assert.ok(ends.length > 100 && Math.max(...ends) <= edge, `${width}: to ${Math.max(...ends)} of ${edge}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await screenshot('table');
  await box.evaluate((element) => element.scrollTo({ left: 400 }));
  await screenshot('table-scrolled');
  await axe();
});

journey('what is typed to find councils in the table is in the address, goes back with Back, and is taken away with the table', { context: { acceptDownloads: true } }, async (it) => {
  const { page, site, open, ready, eventually, axe } = it;
  await open('/table/');
  await ready();
  const field = page.getByRole('textbox', { name: 'Name contains' });
  await field.pressSequentially('st. h');
  await shows(it, 0);
  await field.fill('St H');
  await shows(it, 1);
  assert.equal(address(page, site), '/table/?name=St+H');
  assert.equal(await field.inputValue(), 'St H');
  // One way back, not one for each letter.
  await table(page).getByRole('link', { name: 'St Helens Council' }).click();
  await opened(page, 'St Helens Council');
  assert.doesNotMatch(address(page, site), /name=/);
  await page.goBack();
  await shows(it, 1);
  await eventually(async () => assert.equal(await field.inputValue(), 'St H'));
  const menu = page.locator('[data-of="table"] details.take');
  await menu.locator('summary').click();
  const [saved] = await Promise.all([page.waitForEvent('download'), menu.getByRole('button', { name: 'Rows (CSV)' }).click()]);
  const rowsSaved = (await readFile(await saved.path(), 'utf8')).trim().split('\n');
  assert.equal(rowsSaved.filter((row) => /St Helens/.test(row)).length, rowsSaved.filter((row) => /Council/.test(row) && !/^"?#|^council/i.test(row)).length, rowsSaved.join('\n'));
  await page.reload();
  await ready();
  await shows(it, 1);
  await axe('with a name in the address');
});
