// What a reader takes away: pictures, rows, sentences, citations, code to embed; and two pages of A4 for committee.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { edition } from './support/expected.mjs';
import { journey } from './support/journey.mjs';
import { assertNoSidewaysScroll, opened, section, select, tabTo } from './support/reader.mjs';

/** Opens the menu of what can be taken away within `place`. */
async function menu(place) {
  const summary = place.getByText(/^Take .* away$/);
  await summary.click();
  return place.locator('details.take').filter({ has: place.page().getByText(await summary.innerText()) });
}

/** Presses a button that saves a file; answers its name and bytes. */
async function saved(page, button) {
  const waiting = page.waitForEvent('download');
  await button.click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What a picture holds: its size, how many colours, and what part of each edge and of the whole is not of its corner's colour. */
function look(page, bytes, type) {
  return page.evaluate(
    async ([data, kind]) => {
      const blob = new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type: kind });
      let image;
      if (kind === 'image/png') image = await createImageBitmap(blob);
      else {
        image = new Image();
        image.src = `data:${kind};base64,${data}`;
        await image.decode();
      }
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      const ground = pixels[0];
      const inked = (x, y) => pixels[y * width + x] !== ground;
      const edge = [0, 0, 0, 0];
      let ink = 0;
      for (let y = 0; y < height; y += 1) {
        edge[0] += inked(0, y);
        edge[1] += inked(width - 1, y);
        for (let x = 0; x < width; x += 1) ink += inked(x, y);
      }
      for (let x = 0; x < width; x += 1) {
        edge[2] += inked(x, 0);
        edge[3] += inked(x, height - 1);
      }
      // The last line of text lies low, and none of it at the very edge.
      let lowest = height - 1;
      while (lowest > 0 && !pixels.subarray(lowest * width, (lowest + 1) * width).some((pixel) => pixel !== ground)) lowest -= 1;
      return { width, height, colours: new Set(pixels).size, ink: ink / pixels.length, edge, below: height - 1 - lowest };
    },
    [bytes.toString('base64'), type],
  );
}

/** A picture that is neither blank nor cut off. */
async function whole(page, bytes, type) {
  const seen = await look(page, bytes, type);
  assert.ok(seen.colours > 20 && seen.ink > 0.01, `blank: ${JSON.stringify(seen)}`);
  assert.deepEqual(seen.edge, [0, 0, 0, 0], `cut off: ${JSON.stringify(seen)}`);
  assert.ok(seen.below >= 4 && seen.below < 80, `its last line is not there, or cut: ${JSON.stringify(seen)}`);
  return seen;
}

/** The words of an SVG. */
const textsOf = (svg) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text.trim()).join(' ').replace(/&amp;/g, '&');

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

journey('a chart is taken away as picture, drawing and rows, whole and with its source', { context: { acceptDownloads: true } }, async (it) => {
  const { page, open, ready, axe } = it;
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  const figures = page.locator('figure.chart');
  const charts = await figures.count();
  assert.ok(charts >= 2, `${charts} charts`);
  for (let place = 0; place < charts; place += 1) {
    const figure = figures.nth(place);
    const ways = await menu(figure);
    const png = await saved(page, ways.getByRole('button', { name: 'Picture (PNG)' }));
    assert.match(png.name, /^upheld-luton-borough-council-2019-20-uphold-[a-z-]+\.png$/);
    const seen = await whole(page, png.bytes, 'image/png');
    assert.equal(seen.width, 1600, 'two pixels to each');

    const svg = await saved(page, ways.getByRole('button', { name: 'Drawing (SVG)' }));
    await whole(page, svg.bytes, 'image/svg+xml');
    const text = svg.bytes.toString();
    const said = textsOf(text);
    assert.match(said, /Source: Local Government and Social Care Ombudsman/);
    assert.ok(said.includes(edition.date), 'the date of the edition');
    assert.ok(said.replace(/ /g, '').includes('/council/luton-borough-council/?year=2020'), said);
    assert.match(text, /<title>[^<]+<\/title>\s*<desc>[^<]+<\/desc>/);
    assert.ok(!/[“"](NaN|undefined|inf)/.test(text) && !/NaN/.test(text));

    const csv = await saved(page, ways.getByRole('button', { name: 'Rows (CSV)' }));
    const [head, ...rows] = csv.bytes.toString().trimEnd().split('\n');
    assert.match(head, /^council,gss_code,type,reporting_year,/);
    const luton = rows.find((row) => row.startsWith('Luton Borough Council,E06000032,unitary,2019-20,'));
    assert.match(luton, /uphold,13,24,54,54\.2,35\.1,72\.1,56,no-clear-difference/);
  }
  await axe();
});

journey('a sentence, a citation and code to embed are copied, with count, interval, caveat and address', { context: CLIPBOARD }, async (it) => {
  const { page, site, open, ready, eventually } = it;
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  const ways = await menu(page.locator('figure.chart').first());
  const copied = async (name, expected) => {
    await ways.getByRole('button', { name }).click();
    await eventually(async () => assert.match(await page.evaluate(() => navigator.clipboard.readText()), expected));
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await ways.getByRole('status').filter({ hasText: text.slice(0, 60) }).waitFor();
    return text;
  };
  const sentence = await copied('Copy as a sentence', /^Luton Borough Council, 2019-20: 13 of 24 \(54%\)/);
  assert.match(sentence, /95% interval 35% to 72%\. No clear difference from similar authorities\. Source: .*Ombudsman/);
  assert.ok(sentence.endsWith(`${site.url}council/luton-borough-council/?year=2020`), sentence);
  const citation = await copied('Copy a citation', /^Upheld \(\d{4}\) ‘Luton/);
  assert.match(citation, new RegExp(`edition of ${edition.date}\\. Figures: Local Government and Social Care Ombudsman\\. Available at: http`));
  const embed = await copied('Copy embed code', /^<iframe src="[^"]+" title="[^"]+"/);
  const framed = /src="([^"]+)"/.exec(embed)[1];
  assert.equal(framed, `${site.url}embed/council/luton-borough-council/2020/`);
  const other = await page.context().newPage();
  assert.equal((await other.goto(framed)).status(), 200);
  await other.getByText('Luton Borough Council').first().waitFor();
  await other.close();
  await ways.getByRole('button', { name: 'Copy as a picture' }).click();
  await ways.getByText('Copied as a picture.').waitFor();
  const kinds = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  assert.deepEqual(kinds, ['image/png']);
});

journey('the map is taken away as picture, drawing, rows and sentence', { context: { ...CLIPBOARD, acceptDownloads: true } }, async (it) => {
  const { page, open, ready, eventually } = it;
  await open('/?year=2024&against=similar');
  await ready();
  const ways = await menu(page.locator('section.panel.overview [data-of="map"]'));
  const png = await saved(page, ways.getByRole('button', { name: 'Picture (PNG)' }));
  assert.match(png.name, /^upheld-upper-councils-2023-24-uphold-map-against-similar-authorities\.png$/);
  const seen = await whole(page, png.bytes, 'image/png');
  assert.ok(seen.height > 900, JSON.stringify(seen));
  const svg = await saved(page, ways.getByRole('button', { name: 'Drawing (SVG)' }));
  await whole(page, svg.bytes, 'image/svg+xml');
  assert.match(textsOf(svg.bytes.toString()), /higher than chance explains/);
  const csv = await saved(page, ways.getByRole('button', { name: 'Rows (CSV)' }));
  assert.equal(csv.bytes.toString().trimEnd().split('\n').length, 154);
  await ways.getByRole('button', { name: 'Copy as a sentence' }).click();
  await eventually(async () => assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^The map shows the uphold rate of 153 councils in 2023-24\..*Rates run from/));
});

journey('comparisons and the table are taken away', { context: { ...CLIPBOARD, acceptDownloads: true } }, async (it) => {
  const { page, open, ready } = it;
  await open('/compare/?councils=luton-borough-council,reading-borough-council');
  await ready();
  for (const chart of ['forest', 'multiples']) {
    const figure = page.locator('figure.chart').filter({ has: page.locator(`canvas[data-chart="${chart}"]`) });
    const ways = await menu(figure);
    const png = await saved(page, ways.getByRole('button', { name: 'Picture (PNG)' }));
    assert.match(png.name, /^upheld-comparison-2023-24-uphold-/);
    await whole(page, png.bytes, 'image/png');
  }
  const statistics = await menu(page.locator('[data-of="table"]'));
  const rows = (await saved(page, statistics.getByRole('button', { name: 'Rows (CSV)' }))).bytes.toString().trimEnd().split('\n');
  assert.equal(rows.length, 1 + 2 * 4, rows.join('\n'));
  await whole(page, (await saved(page, statistics.getByRole('button', { name: 'Picture (PNG)' }))).bytes, 'image/png');
  const drawing = (await saved(page, statistics.getByRole('button', { name: 'Drawing (SVG)' }))).bytes;
  await whole(page, drawing, 'image/svg+xml');
  assert.match(textsOf(drawing.toString()), /9 of 13 \(69%\)/);
  await open('/table/?type=london&region=london');
  await ready();
  const table = await menu(page.locator('[data-of="table"]'));
  const all = (await saved(page, table.getByRole('button', { name: 'Rows (CSV)' }))).bytes.toString().trimEnd().split('\n');
  assert.equal(all.length, 1 + 33 * 4);
  await whole(page, (await saved(page, table.getByRole('button', { name: 'Picture (PNG)' }))).bytes, 'image/png');
});

journey('what a browser will not copy is shown to be copied by hand', async (it) => {
  const { page, open, ready } = it;
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  const ways = await menu(page.locator('figure.chart').first());
  await ways.getByRole('button', { name: 'Copy as a sentence' }).click();
  await ways.getByText(/does not copy by itself.*Luton Borough Council, 2019-20: 13 of 24/).waitFor();
});

/** The pages of a PDF: size in millimetres and text. */
async function pages(bytes) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 25.4 / 72 });
    const { items } = await page.getTextContent();
    const lowest = Math.min(...items.filter((item) => item.str.trim()).map((item) => (item.transform[5] * 25.4) / 72));
    found.push({ width: Math.round(width), height: Math.round(height), text: items.map((item) => item.str).join(' ').replace(/\s+/g, ' '), lowest });
  }
  return found;
}

/** What is printed: two pages of A4, nothing cut off, nothing but grey. */
async function printed(it, heads) {
  const { page } = it;
  const cut = await page.locator('.sheet').evaluateAll((sheets) => sheets.map((sheet) => sheet.scrollHeight - sheet.clientHeight));
  const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  const found = await pages(bytes);
  assert.equal(found.length, 2, `${found.length} pages: ${found.map(({ text }) => text.slice(0, 80)).join(' | ')}`);
  for (const [at, sheet] of found.entries()) {
    assert.deepEqual([sheet.width, sheet.height], [210, 297], 'A4');
    assert.match(sheet.text, new RegExp(`Page ${at + 1} of 2`), 'its foot is on the page');
    assert.ok(sheet.text.includes(edition.date), 'the date of the edition');
    for (const head of heads[at]) assert.match(sheet.text, head);
    assert.ok(!/Year Measure|Open a file|Take .* away/.test(sheet.text), 'nothing to press is printed');
  }
  assert.deepEqual(cut.filter((over) => over > 1), [], 'nothing of a sheet is cut off');
  const coloured = await page.locator('.sheet').evaluateAll((sheets) => {
    const grey = (colour) => {
      const [, red, green, blue] = /^#(..)(..)(..)$/.exec(colour) ?? [];
      return red === undefined || (red === green && green === blue);
    };
    const drawings = sheets.flatMap((sheet) => [...sheet.querySelectorAll('svg *')]);
    return drawings.flatMap((shape) => ['fill', 'stroke'].map((name) => shape.getAttribute(name) ?? '')).filter((colour) => !grey(colour.toLowerCase()));
  });
  assert.deepEqual(coloured, [], 'black and white');
  return found;
}

journey('a council is printed for committee on two pages of A4', { windows: ['desktop', 'phone'] }, async (it) => {
  const { page, open, ready, axe, screenshot } = it;
  await open('/council/birmingham-city-council/?year=2024');
  await ready();
  await opened(page, 'Birmingham City Council');
  await page.getByRole('link', { name: 'Print for committee' }).click();
  await page.getByRole('heading', { level: 2, name: 'Birmingham City Council: how complaints were handled in 2023-24' }).waitFor();
  assert.equal(await page.title(), 'Birmingham City Council, 2023-24, for committee – Upheld');
  await screenshot('committee', { fullPage: true });
  await axe();
  await page.emulateMedia({ media: 'print' });
  await printed(it, [
    [/115 of 132/, /95% interval/, /similar authorities/, /Between \d+\w\w and \d+\w\w|highest of/],
    [/Over the years/, /How to read this/, /exact binomial/, /Sources/],
  ]);
  await screenshot('committee-print', { fullPage: true });
});

journey('every kind of council fits on its two pages', async (it) => {
  const { page, open, ready } = it;
  // Few cases, none at all, one that came after eight others, one that is no more.
  for (const slug of ['luton-borough-council', 'adur-district-council', 'north-yorkshire-council', 'cumbria-county-council', 'buckinghamshire-council']) {
    await open(`/committee/?councils=${slug}`);
    await ready();
    await page.locator('.sheet').nth(1).waitFor();
    await page.emulateMedia({ media: 'print' });
    await printed(it, [[/how complaints were handled/], [/How to read this/]]);
    await page.emulateMedia({ media: 'screen' });
  }
});

journey('a comparison is printed for committee, by keyboard alone', async (it) => {
  const { page, open, ready, axe } = it;
  await page.addInitScript(() => {
    window.print = () => {
      window.printed = true;
    };
  });
  await open('/compare/?councils=luton-borough-council,reading-borough-council,slough-borough-council');
  await ready();
  await page.getByRole('link', { name: 'Print for committee' }).waitFor();
  await tabTo(page, ({ text }) => text === 'Print for committee');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Print', exact: true }).waitFor();
  await tabTo(page, ({ text }) => text === 'Print');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.printed);
  await axe();
  await page.emulateMedia({ media: 'print' });
  await printed(it, [[/Luton, Reading and Slough/, /9 of 13/], [/held against each of the others/, /How to read this/]]);
});

journey('a measure that is no share is taken away, too', { context: { acceptDownloads: true } }, async (it) => {
  const { page, open, ready } = it;
  await open('/council/birmingham-city-council/?year=2024&measure=upheld-per-100k');
  await ready();
  await opened(page, 'Birmingham City Council');
  const ways = await menu(section(page, 'Compared with similar authorities').locator('figure.chart').first());
  await whole(page, (await saved(page, ways.getByRole('button', { name: 'Picture (PNG)' }))).bytes, 'image/png');
  await select(page, 'Measure').selectOption('compliance');
  await page.waitForFunction(() => location.search.includes('compliance'));
  await assertNoSidewaysScroll(page);
});
