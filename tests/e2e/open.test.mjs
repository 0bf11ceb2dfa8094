// A reader opens files of their own: sees what they say, uses them on the map, and takes them out again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { edition } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { address, assertFocusVisible, assertNoSidewaysScroll, drawn, focused, opened, panel, section, table } from './support/reader.mjs';

const BOTH = ['desktop', 'phone'];
const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });

/** A table of 2023-24 as the Ombudsman might print it: a title, notes, a total, a body that is no council, a name that is wrong. */
const DECIDED = file('decided-2023-24.csv', `Complaints decided 2023-24
Published July 2024,,,

Authority name,Not upheld,Upheld,Uphold rate
Halton BC,1,4,80%
Leeds City Council,16,43,73%
Lutton Borough Council,5,8,62%
Peak District National Park Authority,1,1,50%
Total,23,56,71%
`);
const LETTER = new URL('../../sources/tests/letters/three_panels.txt', import.meta.url);

const card = (page, name) => page.getByRole('region', { name, exact: true });
const choose = (page, ...files) => page.getByLabel('Choose files').setInputFiles(files);
const changes = (page) => page.getByRole('region', { name: 'What your files change' });
const heldNow = (page) => page.getByRole('region', { name: 'Your files that are open now' });
const use = (page) => page.getByRole('button', { name: 'Use them on the map' });
const banner = (page) => page.getByRole('complementary', { name: 'Your own files' });

/** What the page asks the network for, from now on: nothing of a file may be among it. */
function overheard(page) {
  const sent = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData()) sent.push(`${request.method()} ${request.url()}`);
  });
  return sent;
}

journey('a table is opened, reviewed and used on the map, and taken out again', { windows: BOTH }, async (it) => {
  const { page, site, open, ready, axe, screenshot, window } = it;
  const sent = overheard(page);
  await open('/');
  await ready();
  await page.getByRole('link', { name: 'Open a file' }).click();
  await ready();
  assert.equal(address(page, site), '/open/');
  assert.equal(await page.title(), 'Open the Ombudsman’s own files – Upheld');
  assert.match(await page.locator('main').innerText(), /Nothing is sent anywhere/);
  await assertNoSidewaysScroll(page);
  await screenshot('open-empty', { fullPage: true });
  await axe('before a file is opened');

  await choose(page, DECIDED);
  const decided = card(page, DECIDED.name);
  await decided.getByText('Complaints decided, 2023-24').waitFor();
  const text = await decided.innerText();
  assert.match(text, /the year is said by the title and the name of the file/);
  assert.match(text, /2 councils matched; 1 row not/);
  assert.match(text, /Left out: national parks 1, totals 1\./);
  // A near miss is asked, not taken.
  const asked = decided.getByLabel('Row 7: “Lutton Borough Council”');
  assert.equal(await asked.inputValue(), '');
  assert.match(await changes(page).innerText(), /1 question above is open/);
  assert.match(await changes(page).innerText(), /2023-24\s+76 of 317\s+77 of 317/);
  assert.match(await changes(page).innerText(), /Leeds City Council\s+2023-24\s+Complaints upheld\s+44, the Ombudsman’s page\s+43, your file \(decided-2023-24\.csv\)/);
  await assertNoSidewaysScroll(page);
  await screenshot('open-reviewed', { fullPage: true });
  await axe('with a file reviewed');

  await asked.selectOption({ label: 'Luton Borough Council' });
  await page.getByText('1 question above is open').waitFor({ state: 'detached' });
  // Which of two equally good sources is shown can be chosen.
  await page.getByLabel('what your files print').check();
  await changes(page).getByRole('row', { name: /Complaints upheld 43, your file .* 44, the Ombudsman’s page/ }).waitFor();
  assert.match(await changes(page).innerText(), /Complaints upheld\s+43, your file \(decided-2023-24\.csv\)\s+44, the Ombudsman’s page/);
  await use(page).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/open/'));
  await ready();
  await drawn(page, 153);
  assert.match(await banner(page).innerText(), /With your file: decided-2023-24\.csv/);
  assert.equal(address(page, site), '/?with=decided-2023-24.csv');
  assert.match(await page.title(), /with your file decided-2023-24\.csv$/);
  await screenshot('map-with-own-file');
  await axe('the map with a file of the reader’s own');

  // A council of which the edition holds nothing has figures now, and their evidence.
  await page.getByRole('link', { name: 'See all councils as a table' }).click();
  await table(page).getByRole('link', { name: 'Halton Borough Council' }).click();
  await opened(page, 'Halton Borough Council');
  assert.match(await section(page, 'Complaints upheld').innerText(), /80%\s*4 of 5/);
  assert.match(await section(page, 'Where these figures come from').innerText(), /Your own file/);
  for (const marked of ['Compared with similar authorities', 'Annual letter', 'Over the years']) {
    assert.match(await section(page, marked).innerText(), /With your file: decided-2023-24\.csv\./, marked);
  }
  assert.equal(address(page, site), '/council/halton-borough-council/?with=decided-2023-24.csv');
  assert.match(await banner(page).innerText(), /With your file: decided-2023-24\.csv/);
  await screenshot('council-with-own-file');
  await axe('a council with a file of the reader’s own');

  // It survives a reload, and the row that a person confirmed is in it.
  await page.reload();
  await ready();
  await opened(page, 'Halton Borough Council');
  await page.goto(new URL('council/leeds-city-council/', site.url).href);
  await ready();
  await opened(page, 'Leeds City Council');
  assert.match(await section(page, 'Complaints upheld').innerText(), /43 of 59/);
  assert.equal(address(page, site), '/council/leeds-city-council/?with=decided-2023-24.csv', 'the note is there without a step');

  await banner(page).getByRole('link', { name: 'Review or remove' }).click();
  await ready();
  assert.match(await heldNow(page).innerText(), /In this tab only.*decided-2023-24\.csv: 3 rows of figures/s);
  await screenshot('open-held', { fullPage: true });
  await axe('with a file open');
  // All figures can be taken away, those of the file marked.
  const saved = new Promise((resolve) => page.once('download', resolve));
  await heldNow(page).getByRole('button', { name: 'Save all figures with yours (CSV)' }).click();
  const download = await saved;
  assert.equal(download.suggestedFilename(), `upheld-${edition.date}-with-decided-2023-24.csv`);
  const lines = (await readFile(await download.path(), 'utf8')).split('\n');
  assert.equal(lines.filter((line) => line.includes('your file: decided-2023-24.csv')).length, 3);
  assert.ok(lines.some((line) => line.startsWith('E06000006,Halton Borough Council,unitary,2024-03-31,5,4,80,')), 'Halton');
  assert.equal(lines.length, 1 + 396 + 3 + 1);
  await heldNow(page).getByRole('button', { name: 'Remove decided-2023-24.csv' }).click();
  await heldNow(page).waitFor({ state: 'detached' });
  await page.goto(new URL('council/halton-borough-council/', site.url).href);
  await ready();
  await opened(page, 'Halton Borough Council');
  assert.equal(await banner(page).count(), 0);
  assert.match(await section(page, 'Complaints upheld').innerText(), /No figure in this edition/);
  assert.deepEqual(sent, [], `something was sent (${window})`);
});

journey('files are opened, confirmed, used and removed by keyboard alone', async ({ page, open, ready, eventually, axe }) => {
  // Listened for from the first: to listen takes the browser a moment.
  const asked = new Promise((resolve) => page.once('filechooser', resolve));
  await open('/open/');
  await ready();
  const to = async (wanted) => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const { text, id } = await focused(page);
      if (wanted.test(text) || wanted.test(id)) return;
    }
    assert.fail(`${wanted} is not reached by Tab`);
  };
  await to(/^files$/);
  await page.keyboard.press('Enter');
  await (await asked).setFiles([DECIDED]);
  await card(page, DECIDED.name).getByText('Complaints decided, 2023-24').waitFor();
  await to(/^row-/);
  await page.keyboard.type('Luton');
  await page.getByText('1 question above is open').waitFor({ state: 'detached' });
  await to(/^Keep them in this browser/);
  await page.keyboard.press('Space');
  await to(/^Use them on the map/);
  await assertFocusVisible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/open/'));
  await ready();
  await banner(page).waitFor();
  await to(/^Review or remove/);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname.endsWith('/open/'));
  await heldNow(page).waitFor();
  assert.match(await heldNow(page).innerText(), /Kept in this browser until you remove them/);
  await to(/^Remove decided/);
  await page.keyboard.press('Enter');
  await heldNow(page).waitFor({ state: 'detached' });
  await eventually(async () => assert.match((await focused(page)).text, /^Open the Ombudsman/));
  await axe();
});

journey('what is kept is there in another tab, with a newer edition too, until it is removed', async ({ page, site, context, open, ready, eventually }) => {
  await open('/open/');
  await ready();
  await choose(page, DECIDED);
  await page.getByLabel('Keep them in this browser until I remove them').check();
  await use(page).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/open/'));
  await ready();

  // Another edition is published: the files are joined to that one.
  const newer = async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(edition.date, '2026-12-24') });
  };
  const other = await context.newPage();
  for (const name of ['edition', 'sources', 'names']) await other.route(`**/data/v1/${name}.json`, newer);
  await other.goto(new URL('council/halton-borough-council/', site.url).href);
  await banner(other).waitFor();
  await opened(other, 'Halton Borough Council');
  assert.match(await section(other, 'Complaints upheld').innerText(), /4 of 5/);
  assert.match(await other.locator('footer').innerText(), /24 December 2026|2026-12-24/);

  await page.goto(new URL('open/', site.url).href);
  await ready();
  assert.match(await heldNow(page).innerText(), /Kept in this browser/);
  await heldNow(page).getByRole('button', { name: /^Remove/ }).click();
  await heldNow(page).waitFor({ state: 'detached' });
  await other.reload();
  await opened(other, 'Halton Borough Council');
  await eventually(async () => assert.equal(await banner(other).count(), 0));
  await other.close();
});

journey('what one tab keeps is not lost by what another does', async ({ page, site, context, open, ready }) => {
  const other = await context.newPage();
  const opens = async (tab, name, keep) => {
    await tab.goto(new URL('open/', site.url).href);
    await choose(tab, file(name, 'Authority,Not upheld,Upheld,Uphold rate\nHalton BC,1,4,80%\n'));
    if (keep) await tab.getByLabel('Keep them in this browser until I remove them').check();
    await use(tab).click();
    await tab.waitForURL((url) => !url.pathname.endsWith('/open/'));
    await banner(tab).waitFor();
  };
  await opens(page, 'one 2022-23.csv', false);
  await opens(other, 'two 2023-24.csv', true);
  await opens(page, 'three 2021-22.csv', false);
  await open('/open/');
  await ready();
  await heldNow(page).getByRole('button', { name: 'Remove all of them' }).click();
  // What this tab had is gone, and what is kept shows.
  await heldNow(page).getByText('two 2023-24.csv').first().waitFor();
  assert.match(await heldNow(page).innerText(), /Kept in this browser until you remove them/);
  await opens(page, 'four 2020-21.csv', false);
  await other.close();
});

journey('a table can be pasted; the year that it does not say is asked', { windows: BOTH }, async ({ page, open, ready, axe, screenshot }) => {
  await open('/open/');
  await ready();
  const paste = (text) => page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await paste('one word');
  await page.getByText('That was no table: copy its headings and rows, and paste again.').waitFor();
  await paste('Authority\tNot upheld\tUpheld\tUphold rate\nHalton BC\t2\t6\t75%\nLeeds City Council\t10\t30\t75%\n');
  const pasted = card(page, 'pasted table');
  await pasted.getByRole('alert').waitFor();
  assert.match(await pasted.getByRole('alert').innerText(), /Nothing says of which year the table is\. What to do: say which reporting year it is/);
  await screenshot('open-asks-year', { fullPage: true });
  await axe();
  await pasted.getByLabel('Its reporting year').selectOption('2023-24');
  await pasted.getByRole('button', { name: 'Read it as that year' }).click();
  await pasted.getByText('2 councils matched, every one by its name or code.').waitFor();
  assert.match(await pasted.innerText(), /the year is said by what was asked for/);
  // What is pasted after it does not take its place.
  await paste('Compliance 2023-24\nAuthority\tCompliance rate\nHalton BC\t100%\n');
  await card(page, 'pasted table 2').getByText('Compliance with recommendations, 2023-24').waitFor();
  assert.equal(await pasted.count(), 1);
  await changes(page).waitFor();
  await axe();
});

journey('what the edition holds already is said to be, and what nobody knows is asked about so far as it can be answered', async ({ page, open, ready }) => {
  await open('/open/');
  await ready();
  const rows = Array.from({ length: 60 }, (_, row) => `Nowhere ${row},1,2,67%`).join('\n');
  await choose(page, file('figures.csv', await readFile(new URL('../../data/figures.csv', import.meta.url))), file('decided 2022-23.csv', `Authority,Not upheld,Upheld,Uphold rate\n${rows}\n`));
  await card(page, 'figures.csv').getByText('396 rows, each with its source. All of them are in the edition already.').waitFor();
  await card(page, 'decided 2022-23.csv').getByText('No council matched; 60 rows not').waitFor();
  assert.equal(await card(page, 'decided 2022-23.csv').getByRole('combobox').count(), 50);
  await card(page, 'decided 2022-23.csv').getByText('And 10 more rows.').waitFor();
  assert.equal(await changes(page).count(), 0, 'nothing is new, so nothing can be used');
});

journey('files are dropped, several at a time', async ({ page, open, ready }) => {
  await open('/open/');
  await ready();
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    const table = (rows) => `Authority,Not upheld,Upheld,Uphold rate\n${rows}`;
    dataTransfer.items.add(new File([table('Halton BC,1,4,80%\n')], 'decided 2022-23.csv'));
    dataTransfer.items.add(new File([table('Halton BC,2,3,60%\n')], 'decided 2023-24.csv'));
    document.querySelector('footer').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  for (const year of ['2022-23', '2023-24']) await card(page, `decided ${year}.csv`).getByText(`Complaints decided, ${year}`).waitFor();
  assert.match(await changes(page).innerText(), /2022-23.*2023-24/s);
});

journey('an annual letter is opened in the same way, and stands in its place', { windows: BOTH }, async ({ page, site, open, ready, axe, screenshot }) => {
  await open('/open/');
  await ready();
  await choose(page, file('luton-2020.txt', await readFile(LETTER)));
  const letter = card(page, 'luton-2020.txt');
  await letter.getByText('A letter to Luton Borough Council about 2019-20, of 22 July 2020').waitFor();
  await letter.getByText('Read the letter').click();
  await letter.getByText('Dear Ms Moor').waitFor();
  await screenshot('open-letter', { fullPage: true });
  await axe();
  await use(page).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/open/'));
  await page.goto(new URL('council/luton-borough-council/?year=2020', site.url).href);
  await ready();
  await opened(page, 'Luton Borough Council');
  const place = section(page, 'Annual letter');
  assert.match(await place.innerText(), /From a file of your own\./);
  await place.getByText('Dear Ms Moor').waitFor();
  await axe('a council with a letter of the reader’s own');
});

journey('a file that cannot be taken is said to be, with what to do; the others go on', { windows: BOTH }, async ({ page, open, ready, axe, screenshot }) => {
  await open('/open/');
  await ready();
  const bad = [
    file('empty.csv', ''),
    file('broken.pdf', '%PDF-1.7 and nothing more'),
    file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3])),
    file('notes.txt', 'Dinner at eight.\nBring wine.\n'),
    file('unclosed 2023-24.csv', 'Authority,Not upheld,Upheld\n"Luton,1,2\n'),
  ];
  await choose(page, ...bad, DECIDED);
  for (const { name } of bad) {
    const alert = card(page, name).getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /What to do: .{10}/, name);
  }
  await card(page, DECIDED.name).getByText('2 councils matched').waitFor();
  await assertNoSidewaysScroll(page);
  await screenshot('open-refused', { fullPage: true });
  await axe();
  await page.getByRole('button', { name: 'Take empty.csv off the list' }).click();
  await card(page, 'empty.csv').waitFor({ state: 'detached' });
});

journey('a file that is too large is refused unread, one that takes long can be cancelled and read again', async ({ page, open, ready, axe, screenshot }) => {
  await open('/open/');
  await ready();
  const dropLarge = (name, megabytes) =>
    page.evaluate(([called, size]) => {
      const line = 'Somewhere Borough Council,1,2,67%\n';
      const rows = new Blob([line.repeat(Math.ceil(1e6 / line.length))]);
      const parts = ['Authority,Not upheld,Upheld,Uphold rate\n', ...Array(size).fill(rows)];
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(parts, called));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, [name, megabytes]);
  await dropLarge('two-much 2023-24.csv', 60);
  await card(page, 'two-much 2023-24.csv').getByRole('alert').waitFor();
  assert.match(await card(page, 'two-much 2023-24.csv').innerText(), /bytes, and at most 50000000 are read/);

  await dropLarge('large 2023-24.csv', 48);
  const large = card(page, 'large 2023-24.csv');
  await large.getByRole('progressbar').waitFor();
  await large.getByRole('button', { name: /^Cancel/ }).click();
  await large.getByText('Cancelled: nothing is taken from it.').waitFor();
  await large.getByRole('button', { name: /^Read .* again/ }).click();
  await large.getByRole('progressbar').waitFor();
  await screenshot('open-reading');
  await axe('while a file is read');
  await large.getByRole('alert').waitFor({ timeout: 60_000 });
  assert.match(await large.innerText(), /more than 100,?000 rows/i);
  // The page answers all the while, and the program that reads keeps within its memory.
  const memory = Number(await page.locator('html').getAttribute('data-reader-memory'));
  assert.ok(memory > 48e6 && memory < 300e6, `${memory} bytes of memory`);
});

journey('a program that does not arrive is said, in its place', {
  expected: [/^status 404: .*upheld-worker/],
  allowed: [/^console error/, /^exception/],
}, async ({ page, open, ready, axe }) => {
  await page.route('**/upheld-worker*', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await open('/open/');
  await ready();
  await choose(page, DECIDED);
  const decided = card(page, DECIDED.name);
  await decided.getByRole('alert').waitFor();
  assert.match(await decided.innerText(), /The program that reads files did not arrive/);
  await axe();
  await page.unroute('**/upheld-worker*');
  await decided.getByRole('button', { name: /^Read .* again/ }).click();
  await decided.getByText('2 councils matched').waitFor();
});

journey('what was kept and cannot be read keeps nobody from the map', async ({ page, site, open, ready }) => {
  await open('/about/');
  await ready();
  await page.evaluate(() => sessionStorage.setItem('upheldOpened', '{"evidence":'));
  await page.goto(site.url);
  await ready();
  await drawn(page, 153);
  assert.equal(await banner(page).count(), 0);
  await page.goto(new URL('open/', site.url).href);
  await ready();
  assert.match(await page.getByRole('alert').innerText(), /What was opened earlier cannot be read any more/);
});

journey('an address that was made with somebody’s file says what is missing', async ({ page, open, ready, axe }) => {
  await open('/council/luton-borough-council/?with=decided-2023-24.csv');
  await ready();
  await opened(page, 'Luton Borough Council');
  await page.getByText('The address asks for figures of a file of the sender’s own, “decided-2023-24.csv”, which is not known here.').waitFor();
  await axe();
});

journey('without JavaScript the page says what it would do', { context: { javaScriptEnabled: false } }, async ({ page, open }) => {
  await open('/open/');
  await page.getByText('Without JavaScript it cannot run').waitFor();
});
