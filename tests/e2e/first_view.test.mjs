// The first thing that anyone sees.
import assert from 'node:assert/strict';
import { councils, edition } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, drawn, legend, map, select, shapes } from './support/reader.mjs';
import { marked } from './support/site.mjs';

for (const colorScheme of ['light', 'dark']) {
  journey(`the first view shows England coloured, and all that is needed to go on, in ${colorScheme}`, { windows: ['desktop', 'phone'], context: { colorScheme } }, async (it) => {
    const { page, open, ready, axe, screenshot } = it;
    const response = await open('/');
    assert.match(response.headers()['content-security-policy'], /default-src 'none'/);
    await ready();
    assert.ok((await marked(page, 'first-map')) > 0);

    assert.equal(await page.title(), 'Uphold rate of English councils, 2023-24 – Upheld');
    await map(page).waitFor();
    await page.getByRole('combobox', { name: 'Find a council or postcode' }).waitFor();
    for (const [name, chosen] of [['Year', '2023-24'], ['Measure', 'Uphold rate'], ['Councils shown', 'Counties and single-tier councils']]) {
      const shown = await select(page, name).evaluate((element) => element.selectedOptions[0].text);
      assert.equal(shown, chosen);
    }
    await page.getByRole('link', { name: 'See all councils as a table' }).waitFor();

    const expected = councils(2024, 'upper').length;
    assert.equal(expected, 153);
    await drawn(page, expected);
    const { rows, total } = await legend(page);
    assert.equal(total, expected);
    const without = rows.find(({ label }) => label === 'no figure').count;
    const line = await page.locator('.coverage').innerText();
    assert.match(line, new RegExp(`^${expected - without} of ${expected} councils have a figure in this edition`));
    // The legend counts what the map shows.
    const fills = await shapes(page).evaluateAll((paths) => paths.map((path) => path.dataset.fill));
    assert.equal(fills.filter((fill) => fill === 'none').length, without);
    const hatched = rows.find(({ label }) => /hatched/.test(label)).count;
    assert.equal(fills.filter((fill) => fill.endsWith('h')).length, hatched);
    assert.equal(fills.filter((fill) => fill.startsWith('5')).length, rows[0].count);

    // England is whole: no shape lies beyond the map's own frame.
    const beyond = await page.evaluate(() => {
      const frame = document.querySelector('.map').getBoundingClientRect();
      const out = ({ left, right, top, bottom }) => left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1;
      return [...document.querySelectorAll('.map path.leaflet-interactive')].filter((path) => out(path.getBoundingClientRect())).length;
    });
    assert.equal(beyond, 0, 'shapes lie beyond the frame of the map');
    // Nor under what stands on the map: its legend and its buttons.
    assert.deepEqual(await covered(page), [], 'councils lie hidden under them');
    // And no council that is drawn has no colour of its own: classes are told apart by what is painted.
    const painted = await shapes(page).evaluateAll((paths) => new Set(paths.map((path) => getComputedStyle(path).fill)).size);
    assert.ok(painted >= 6, `only ${painted} different fills are painted`);
    await assertNoSidewaysScroll(page);
    await axe();
    await screenshot(`first-view-${colorScheme}`);
    await screenshot(`first-view-${colorScheme}-whole-page`, { fullPage: true });
  });
}

/** What stands over councils on the map, that should be beside them. */
function covered(page) {
  return page.evaluate(() => {
    const shapeAt = (x, y) => document.elementsFromPoint(x, y).some((element) => element.matches('path.leaflet-interactive'));
    const over = [...document.querySelectorAll('.map-key, .legend, .map .whole, .leaflet-control')].filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      for (let x = left + 1; x < right; x += 3) for (let y = top + 1; y < bottom; y += 3) if (shapeAt(x, y)) return true;
      return false;
    });
    return over.map(({ className }) => className);
  });
}

journey('England stands whole in the first window, London with it, as boundaries and as hexagons, and nothing lies over it', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, eventually, window, screenshot }) => {
  for (const [path, count, detail] of [['/', 153, 'overview'], ['/?tier=lower', 296, 'overview'], ['/?map=hex', 153, 'hexes'], ['/?map=hex&tier=lower', 296, 'hexes']]) {
    await open(path);
    await ready();
    await page.locator(`.map[data-detail="${detail}"]`).waitFor();
    await drawn(page, count);
    await eventually(async () => {
      const boxes = await shapes(page).evaluateAll((paths) => paths.map((shape) => shape.getBoundingClientRect().toJSON()));
      const { height } = page.viewportSize();
      assert.deepEqual(boxes.filter(({ top, bottom }) => top < 0 || bottom > height), [], `${path}: not whole`);
      // Large enough to be told apart, London's boroughs too.
      if (detail === 'hexes') assert.ok(Math.min(...boxes.map((box) => box.width)) >= 11, `${path}: ${Math.min(...boxes.map((box) => box.width))} pixels`);
    });
    assert.deepEqual(await covered(page), [], path);
    await screenshot(`first-window-${path.replace(/\W+/g, '-')}-${window}`);
  }
});

journey('the page says whose figures these are, and what the edition lacks', async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  const footer = await page.getByRole('contentinfo').innerText();
  assert.match(footer, /Local Government and Social Care Ombudsman/);
  assert.match(footer, /Office for National Statistics licensed under the Open Government Licence/);
  assert.match(footer, /independent of the Ombudsman/);
  assert.ok(footer.includes(edition.date));
  assert.ok((await page.getByRole('main').innerText()).includes(edition.note));
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'About Upheld' }).waitFor();
  assert.equal(await page.title(), 'About Upheld');
  await axe();
});
