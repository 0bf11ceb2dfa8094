// What a council's panel says: each figure as printed, its base, its comparison, its source.
import assert from 'node:assert/strict';
import { EDITION, councilWithNothing, editionWithLetter } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { HEADINGS, address, assertNoSidewaysScroll, drawn, opened, panel, section, select } from './support/reader.mjs';

/** What a canvas shows: its size in pixels of the device, its width on the page, and how many colours it holds. */
function drawing(canvas) {
  return canvas.evaluate((element) => {
    const { width, height } = element;
    // Read from a copy: to read from a canvas again and again is warned of. One without a size shows nothing.
    const copy = new OffscreenCanvas(Math.max(1, width), Math.max(1, height)).getContext('2d', { willReadFrequently: true });
    if (width && height) copy.drawImage(element, 0, 0);
    const { data } = copy.getImageData(0, 0, Math.max(1, width), Math.max(1, height));
    const colours = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]},${data[at + 1]},${data[at + 2]},${data[at + 3]}`;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    const { width: cssWidth, height: cssHeight } = element.getBoundingClientRect();
    const [, ...parts] = /^#(..)(..)(..)$/.exec(getComputedStyle(element).getPropertyValue('--chart-accent').trim());
    const accent = colours.get(`${parts.map((part) => parseInt(part, 16)).join(',')},255`) ?? 0;
    return { width, height, cssWidth, cssHeight, colours: colours.size, accent, commonest: Math.max(...colours.values()) / (width * height) };
  });
}

/** What a canvas shows once a chart is drawn on it. */
function chartOn(canvas, eventually) {
  return eventually(async () => {
    const shown = await drawing(canvas);
    assert.ok(shown.width > 300 && shown.colours > 8 && shown.commonest < 0.995, `the chart is blank: ${JSON.stringify(shown)}`);
    return shown;
  });
}

const words = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');

journey('Luton 2019-20 shows the three statistics of its letter, how sure they are, and where they come from', { windows: ['desktop', 'phone'], context: { deviceScaleFactor: 2 } }, async (it) => {
  const { page, open, ready, eventually, axe, screenshot } = it;
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  assert.equal(await page.title(), 'Luton Borough Council, 2019-20 – Upheld');

  const upheld = await words(section(page, 'Complaints upheld'));
  for (const part of [/54%/, /13 of 24/, /Similar authorities 56%/, /35% to 72%/, /Uncertain/]) assert.match(upheld, part);
  const compliance = await words(section(page, 'Compliance with recommendations'));
  for (const part of [/100%/, /7 of 7/, /Similar authorities 99%/]) assert.match(compliance, part);
  const remedies = await words(section(page, 'Satisfactory remedies'));
  for (const part of [/23%/, /3 of 13/, /Similar authorities 11%/]) assert.match(remedies, part);
  assert.match(await words(section(page, 'Where these figures come from')), /annual letter/i);

  const letter = await words(section(page, 'Annual letter'));
  for (const part of [/13 of them/, /54%/, /Written by Upheld/]) assert.match(letter, part);
  const official = section(page, 'Annual letter').getByRole('link', { name: /Ombudsman’s letters/ });
  assert.match(await official.getAttribute('href'), /^https:\/\/(www\.)?lgo\.org\.uk\/your-councils-performance\/luton-borough-council\//);

  // What is said stands where it belongs.
  const [inside, average] = await Promise.all([section(page, 'Complaints upheld'), section(page, 'Complaints upheld').getByText('Similar authorities', { exact: true })].map((it) => it.boundingBox()));
  assert.ok(average.x >= inside.x && average.y >= inside.y && average.y < inside.y + inside.height, JSON.stringify([inside, average]));

  const chart = section(page, 'Compared with similar authorities').getByRole('figure').first();
  const canvas = chart.getByRole('img');
  const shown = await chartOn(canvas, eventually);
  assert.equal(shown.width, Math.round(shown.cssWidth) * 2, 'as sharp as the screen');
  assert.ok(shown.accent > 50, 'the council is marked in the page’s own colour');
  assert.equal(shown.height / shown.width, shown.cssHeight / shown.cssWidth, 'neither squeezed nor stretched');
  assert.match(await chart.locator('figcaption').innerText(), /Luton’s 54%.*56%/);
  assert.match(await canvas.getAttribute('aria-label'), /unitary councils in 2019-20.*Luton: 13 of 24 \(54%\), 95% interval 35% to 72%/s);
  await chart.getByText('The same numbers as a table').click();
  const table = chart.getByRole('table', { name: 'Uphold rate, unitary councils in 2019-20' });
  assert.equal(await table.locator('tbody tr').count(), 56);
  assert.match(await words(table.getByRole('row', { name: /^Luton/ })), /13 of 24 \(54%\)/);
  assert.match(await words(table.getByRole('row', { name: /^Derby/ })), /no figure in this edition/);

  const trend = section(page, 'Over the years').getByRole('figure');
  const years = await chartOn(trend.getByRole('img'), eventually);
  assert.equal(years.width, Math.round(years.cssWidth) * 2);
  await trend.getByText('The same numbers as a table').click();
  const perYear = trend.getByRole('table', { name: 'Uphold rate over the years' });
  assert.match(await words(perYear.getByRole('row', { name: /^2019-20/ })), /13 of 24 \(54%\) 56%/);
  assert.match(await words(section(page, 'Over the years')), /Not comparable across/);

  await screenshot('luton-2019-20');
  await page.setViewportSize({ width: page.viewportSize().width, height: 5200 });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await screenshot('luton-2019-20-whole-panel');
  await axe();
});

journey('a figure opens its evidence by keyboard: the source, its address, what it printed and what was computed', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, axe, screenshot }) => {
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  const upheld = section(page, 'Complaints upheld');
  const evidence = (name) => upheld.locator('details').filter({ has: page.getByText(name, { exact: true }) });
  const rate = evidence('Where the uphold rate of 54% comes from');
  assert.equal(await rate.getAttribute('open'), null, 'closed at first');
  assert.ok((await rate.locator('summary').boundingBox()).height >= 24);
  await rate.locator('summary').focus();
  await page.keyboard.press('Enter');
  const table = rate.getByRole('table', { name: 'What is printed, and by whom' });
  await table.waitFor();
  for (const [figure, printed] of [['Complaints upheld', '13'], ['Detailed investigations', '24'], ['Uphold rate', '54%']]) {
    const cells = table.getByRole('row', { name: new RegExp(`^${figure}`) }).getByRole('cell');
    assert.deepEqual(await cells.allInnerTexts(), [printed, 'the Ombudsman’s letter']);
  }
  // The letter has a date and no address: the link leads to where the Ombudsman keeps its letters.
  assert.match(await words(rate), /The Ombudsman’s letter: annual review letter of 22 July 2020, among the Ombudsman’s letters/);
  const source = rate.getByRole('link', { name: 'the Ombudsman’s letters to the council' });
  assert.match(await source.getAttribute('href'), /^https:\/\/(www\.)?lgo\.org\.uk\/your-councils-performance\/luton-borough-council\//);
  assert.match(await words(rate), /13 of 24 is 54%, which agrees with the printed rate/);
  assert.match(await words(rate), /35% to 72%, is computed from 13 of 24 by Wilson’s score method/);

  // The average beside it has its own.
  await page.keyboard.press('Tab');
  assert.equal(await source.evaluate((element) => element === document.activeElement), true, 'the address comes next');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const average = evidence('Where the average uphold rate of 56% comes from');
  await average.getByRole('table', { name: 'What is printed, and by whom' }).waitFor();
  assert.match(await words(average), /Average uphold rate of similar authorities 56% the Ombudsman’s letter/);
  await assertNoSidewaysScroll(page);
  await average.scrollIntoViewIfNeeded();
  await screenshot('evidence-of-a-figure');
  await axe('with the evidence of the uphold rate open');
});

journey('a chart follows the window when it becomes narrower', async ({ page, open, ready, eventually, axe }) => {
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  const canvas = section(page, 'Over the years').getByRole('img');
  for (const width of [800, 340, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    await eventually(async () => {
      const { drawn: pixels, place } = await canvas.evaluate((element) => ({ drawn: element.width, place: element.parentElement.clientWidth }));
      assert.equal(pixels, place);
      assert.ok(place <= width);
    });
  }
  await axe();
});

journey('a council with no figure in any year says so, and still leads on', async ({ page, open, ready, axe, screenshot }) => {
  const nothing = councilWithNothing();
  await open(`/council/${nothing.slug}/`);
  await ready();
  await opened(page, nothing.name);
  const text = await words(panel(page, nothing.name));
  assert.match(text, new RegExp(`This edition holds no figures for ${nothing.name} in 2023-24`));
  assert.match(text, /This edition holds no figures for it in any year/);
  assert.match(text, /No figure in this edition/);
  assert.match(await words(section(page, 'Where these figures come from')), /No source of this edition prints figures for this year/);
  assert.doesNotMatch(await words(section(page, 'Complaints upheld')), /0%|0 of/);
  const headings = await panel(page, nothing.name).getByRole('heading', { level: 3 }).allInnerTexts();
  assert.deepEqual(headings.filter((heading) => HEADINGS.includes(heading)), HEADINGS);
  await section(page, 'Complaints upheld').getByRole('link', { name: /The decisions, at the Ombudsman/ }).waitFor();
  await screenshot('council-with-nothing');
  await page.setViewportSize({ width: 1280, height: 4200 });
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await screenshot('council-with-nothing-whole-panel');
  await axe();
});

journey('an abolished county is shown in its last year, and leads to its successors', async ({ page, site, open, ready, axe, screenshot }) => {
  await open('/council/cumbria-county-council/');
  await ready();
  await opened(page, 'Cumbria County Council');
  assert.equal(await page.title(), 'Cumbria County Council, 2022-23 – Upheld');
  assert.equal(await select(page, 'Year').inputValue(), '2023');
  await drawn(page, (await page.locator('.coverage').innerText()).match(/of (\d+) councils/)[1] * 1);
  assert.equal(await page.locator('.map path[data-chosen]').count(), 1);
  const text = await words(panel(page, 'Cumbria County Council'));
  assert.match(text, /It came to an end on 31 March 2023/);
  for (const year of ['2023-24', '2024-25']) await panel(page, 'Cumbria County Council').getByRole('link', { name: year, exact: true }).first().waitFor();
  await screenshot('council-abolished');
  await axe();

  for (const heir of ['Westmorland and Furness Council', 'Cumberland Council']) await panel(page, 'Cumbria County Council').getByRole('link', { name: heir }).waitFor();
  await panel(page, 'Cumbria County Council').getByRole('link', { name: 'Cumberland Council' }).click();
  await opened(page, 'Cumberland Council');
  assert.equal(await page.title(), 'Cumberland Council, 2023-24 – Upheld', 'a year in which it exists');
  assert.equal(address(page, site), '/council/cumberland-council/');
  await panel(page, 'Cumberland Council').getByRole('link', { name: 'Cumbria County Council' }).waitFor();

  // It has no figure of its own; those of the councils before it stand beside, each by itself.
  const trend = section(page, 'Over the years').getByRole('figure');
  assert.match(await trend.locator('figcaption').innerText(), /Allerdale \(district\) and Cumbria \(county\), which it replaced, have figures/);
  await trend.getByText('The same numbers as a table').click();
  const former = trend.getByRole('table', { name: 'Before 1 April 2023: the councils it replaced' });
  const allerdale = former.getByRole('row', { name: /^Allerdale Borough Council 2022-23/ });
  assert.match(await words(allerdale), /1 of 4 \(25%\)/);
  assert.match(await allerdale.getByRole('link').getAttribute('href'), /council\/allerdale-borough-council\//);
  await trend.scrollIntoViewIfNeeded();
  await screenshot('council-beside-those-before');
  await axe();
});

journey('figures after a council’s end are shown, and said to be so', async ({ page, open, ready, axe, screenshot }) => {
  await open('/council/allerdale-borough-council/?year=2024');
  await ready();
  await opened(page, 'Allerdale Borough Council');
  const text = await words(panel(page, 'Allerdale Borough Council'));
  assert.match(text, /had come to an end by 2023-24; these figures are of complaints about it that were decided later/);
  assert.match(await words(section(page, 'Complaints upheld')), /100%.*1 of 1/);
  assert.match(text, /Too few to judge/);
  await screenshot('council-after-its-end');

  // In its last year nothing was due, which is not the same as nothing done.
  await select(page, 'Year').selectOption('2023');
  await page.waitForFunction(() => /Allerdale Borough Council, 2022-23/.test(document.title));
  assert.match(await words(section(page, 'Compliance with recommendations')), /No recommendations were due/);
  // Its page prints 0% all the same, which is told where the evidence is opened.
  const compliance = section(page, 'Compliance with recommendations');
  assert.doesNotMatch(await words(compliance.locator('.figure')), /\b0%/);
  await compliance.getByText('What is printed for the compliance rate', { exact: true }).click();
  assert.match(await words(compliance.locator('.evidence-of[open]').first()), /0% is printed, but no recommendations were due: no rate is shown/);
  await screenshot('council-nothing-due');
  await axe();
});

journey('where sources differ both are told, and which is shown', async ({ page, open, ready, axe }) => {
  await open('/council/leeds-city-council/');
  await ready();
  await opened(page, 'Leeds City Council');
  const upheld = section(page, 'Complaints upheld');
  assert.match(await words(upheld), /44 of 59/);
  await upheld.getByText(/^Where the uphold rate of \d+% comes from$/).click();
  assert.match(await words(upheld), /The Ombudsman’s page ranks before a press report: 44 is shown, 42 is not/);
  const page44 = upheld.locator('.evidence-of[open] .addresses').getByRole('link', { name: /lgo\.org\.uk/ });
  assert.equal(await page44.getAttribute('href'), 'https://lgo.org.uk/your-councils-performance/leeds-city-council/statistics');
  const sources = section(page, 'Where these figures come from');
  assert.match(await words(sources), /prints 44, a press report prints 42/);
  const press = sources.getByText('A press report', { exact: true });
  await press.click();
  assert.match(await sources.getByRole('link', { name: /yorkshirepost/ }).getAttribute('href'), /^https:\/\/www\.yorkshirepost\.co\.uk\//);
  await axe();
});

journey('a printed rate that its own counts do not bear out stays as printed, with a note', async ({ page, open, ready, axe }) => {
  await open('/council/london-borough-of-hounslow/');
  await ready();
  await opened(page, 'London Borough of Hounslow');
  const upheld = await words(section(page, 'Complaints upheld'));
  assert.match(upheld, /93%/);
  assert.match(upheld, /Printed as 93%, though 22 of 24 is 92%\. Shown as printed/);
  await axe();
});

journey('the letter itself is set as a letter where the edition has it; if it fails it is said there, and can be tried again', {
  expected: [/^status 404: .*letters\/luton-borough-council\/2020\.part/, /^console error: .*404.*letters/],
}, async ({ page, open, ready, axe, screenshot }) => {
  // As the site's build sets a letter.
  const letter = `<article class="letter" aria-labelledby="letter-title"><p class="letterhead"><span>Local Government and Social Care Ombudsman</span><span>22 July 2020</span></p>
<p>Chief Executive<br>Luton Borough Council<br></p><h4 id="letter-title">Annual Review letter 2020</h4>
<h5>A heading of the letter</h5><p>A paragraph of the letter, as it stands in it.</p><ul><li>The first of two points.</li><li>The second of two points.</li></ul><p>Yours sincerely,<br></p></article>`;
  const edition = await editionWithLetter('E06000032', 2020);
  await page.route(`**/${EDITION}`, (route) => route.fulfill({ json: edition }));
  let there = false;
  await page.route('**/letters/luton-borough-council/2020.part', (route) => (there ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: letter }) : route.fulfill({ status: 404, body: 'gone' })));
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  const part = section(page, 'Annual letter');
  const problem = part.getByRole('alert');
  await problem.waitFor();
  assert.match(await problem.innerText(), /The letter could not be loaded/);
  assert.match(await words(section(page, 'Complaints upheld')), /13 of 24/, 'the rest of the page goes on');
  await problem.scrollIntoViewIfNeeded();
  await screenshot('letter-failed');
  await axe('with the letter failed');

  there = true;
  await problem.getByRole('button', { name: 'Try again' }).click();
  const set = part.getByRole('article', { name: 'Annual Review letter 2020' });
  await set.waitFor();
  assert.equal(await problem.count(), 0);
  for (const text of ['22 July 2020', 'The second of two points.']) await set.getByText(text).waitFor();
  await set.getByRole('heading', { name: 'A heading of the letter' }).waitFor();
  await set.scrollIntoViewIfNeeded();
  await screenshot('letter');
  await axe();
});
