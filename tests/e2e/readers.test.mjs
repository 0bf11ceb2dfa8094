// Four readers, each with what they came for, from the first page to the end.
import assert from 'node:assert/strict';
import { edition } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { HEADINGS, find, opened, options, panel, said, section, select, tabTo, table } from './support/reader.mjs';

journey('someone with a postcode and a grievance, on a slow phone with a slow line, learns who answers and how they do', { windows: ['phone'] }, async ({ page, open, ready, axe, screenshot }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await open('/');
  // The map is there before any program is.
  await page.locator('#england path').first().waitFor();
  await ready();
  await find(page).tap();
  await find(page).fill('cb22 5ld');
  await options(page).filter({ hasText: 'responsible for' }).first().waitFor();
  const offered = await options(page).allInnerTexts();
  assert.match(offered[0], /^South Cambridgeshire District Council\s+CB22 5LD: responsible for housing/);
  assert.match(offered[1], /^Cambridgeshire County Council\s+CB22 5LD: responsible for social care/);
  await screenshot('reader-postcode-phone');
  await options(page).filter({ hasText: 'Cambridgeshire County Council' }).tap();
  await opened(page, 'Cambridgeshire County Council');
  // What is read first stands on the first screen, above the buttons.
  const first = await section(page, 'Complaints upheld').getByRole('heading').evaluate((heading) => heading.getBoundingClientRect().toJSON());
  assert.ok(first.top > 0 && first.bottom < 700, `${first.top}–${first.bottom}`);
  await page.getByRole('group', { name: 'On the screen' }).getByRole('button', { name: 'Both' }).tap();
  await page.locator('.map path[data-chosen]').waitFor();
  await page.getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('heading', { name: 'How councils handle complaints' }).waitFor();
  await page.getByRole('heading', { level: 3, name: 'Your councils' }).waitFor();
  await axe('after the visit');
});

journey('whoever hears the page finds, opens and reads a council without seeing anything of it', async ({ page, open, ready, eventually, axe }) => {
  await open('/');
  await ready();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.nodeName), 'H1');
  // The table is the map's equal, one link away.
  await tabTo(page, ({ text }) => text === 'See all councils as a table');
  await page.keyboard.press('Enter');
  await table(page).waitFor();
  await page.waitForFunction(() => document.activeElement?.nodeName === 'H1');
  await tabTo(page, ({ text }) => text === 'Name contains');
  await page.keyboard.type('luton');
  await eventually(async () => assert.equal(await page.locator('table.councils tbody tr').count(), 1));
  await tabTo(page, ({ text }) => text === 'Luton Borough Council');
  await page.keyboard.press('Enter');
  await opened(page, 'Luton Borough Council');
  await eventually(async () => assert.match(await said(page).innerText(), /^Luton Borough Council, 2023-24: 9 of 13 \(69%\) complaints upheld\./));
  // Headings tell the story in its order, and no level of them is left out.
  const headings = await page.locator('main :is(h1, h2, h3, h4)').evaluateAll((found) => found.filter((heading) => heading.checkVisibility()).map((heading) => [Number(heading.nodeName[1]), heading.textContent.trim()]));
  assert.deepEqual(headings.filter(([, text]) => HEADINGS.includes(text)).map(([, text]) => text), HEADINGS);
  assert.ok(headings.every(([level], at) => at === 0 || level <= headings[at - 1][0] + 1), JSON.stringify(headings));
  // No picture is without words, and its numbers stand in a table beside it.
  const bare = await page.locator('section.panel canvas').evaluateAll((found) => found.filter((canvas) => !canvas.ariaLabel && canvas.ariaHidden !== 'true' && !canvas.closest('[aria-hidden="true"]') && !canvas.closest('figure')?.querySelector('figcaption')).map((canvas) => canvas.dataset.chart));
  assert.deepEqual(bare, []);
  const figures = page.locator('section.panel figure.chart');
  for (let at = 0; at < (await figures.count()); at += 1) assert.ok((await figures.nth(at).locator('table').count()) > 0, `chart ${at} has no table`);
  await axe('a council, heard');
});

journey('a councillor looks at the own council and the county above it, holds it against its like, and prints it for committee', { windows: ['phone', 'desktop'] }, async ({ page, open, ready, axe, screenshot, window }) => {
  await open('/council/south-cambridgeshire-district-council/');
  await ready();
  await opened(page, 'South Cambridgeshire District Council');
  // Both tiers: the county that answers for the same doors is one link away.
  await panel(page, 'South Cambridgeshire District Council').getByRole('link', { name: 'Cambridgeshire County Council' }).first().click();
  await opened(page, 'Cambridgeshire County Council');
  await page.goBack();
  await opened(page, 'South Cambridgeshire District Council');
  await section(page, 'Compared with similar authorities').locator('.companions a').first().click();
  await page.getByRole('heading', { level: 1, name: /South Cambridgeshire/ }).waitFor();
  await axe('against its like');
  await screenshot(`reader-councillor-${window}`);
  await page.getByRole('link', { name: /^Print/ }).first().click();
  await page.locator('.sheet').first().waitFor();
  assert.match(await page.locator('.sheet').first().innerText(), /South Cambridgeshire/);
  const bytes = await page.pdf({ preferCSSPageSize: true });
  assert.ok(bytes.length > 10_000);
});

journey('a sub-editor with ten minutes finds who stands out, whether it is chance, where it is printed, and takes the rows and the citation', { context: { permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true } }, async ({ page, open, ready, eventually, axe }) => {
  await open('/');
  await ready();
  await select(page, 'Year').selectOption('2020');
  await select(page, 'Colours').selectOption({ label: 'Against similar authorities' });
  await eventually(async () => assert.match(await page.locator('.legend').innerText(), /higher than chance explains/));
  await find(page).fill('luton');
  await options(page).first().waitFor();
  await find(page).press('Enter');
  await opened(page, 'Luton Borough Council');
  const upheld = section(page, 'Complaints upheld');
  assert.match(await upheld.innerText(), /54%[^]*13 of 24/);
  assert.match(await section(page, 'Compared with similar authorities').innerText(), /No clear difference from similar authorities/);
  // What is printed, by whom, where: opened in place.
  await upheld.getByText('Where the uphold rate of 54% comes from', { exact: true }).click();
  assert.match(await upheld.locator('.evidence-of[open]').first().innerText(), /Ombudsman/);
  assert.ok((await upheld.locator('.evidence-of[open] a[href^="http"]').count()) > 0);
  const chart = section(page, 'Compared with similar authorities').locator('figure.chart').first();
  await chart.getByText(/^Take .* away$/).click();
  await chart.getByRole('button', { name: 'Copy a citation' }).click();
  await eventually(async () => assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`Luton[^]*edition of ${edition.date}`)));
  const waiting = page.waitForEvent('download');
  await chart.getByRole('button', { name: /CSV/ }).click();
  assert.match((await waiting).suggestedFilename(), /luton.*\.csv$/);
  await axe('what a sub-editor took');
});
