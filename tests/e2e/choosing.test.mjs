// Choosing a council: on the map, by keyboard, by search; and the way back.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { HEADINGS, address, assertFocusVisible, drawn, find, focused, look, map, opened, options, panel, pointOn, said, select, shapeWidth, shapes, tabTo } from './support/reader.mjs';
import { measured } from './support/site.mjs';

const LEEDS = { code: 'E08000035', name: 'Leeds City Council' };
const LINCOLNSHIRE = 'E10000019';
const CORNWALL = { code: 'E06000052', name: 'Cornwall Council' };

journey('pointing at a council tells its name and its counts, in one tooltip', async ({ page, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  for (const [code, words] of [
    [LEEDS.code, /^Leeds City Council\s*44 of 59 \(75%\)$/],
    [CORNWALL.code, /^Cornwall Council/],
  ]) {
    const { x, y } = await pointOn(page, code);
    await page.mouse.move(x, y);
    await eventually(async () => assert.match((await page.getByRole('tooltip').innerText()).replace(/\s+/g, ' '), words));
    assert.equal(await page.getByRole('tooltip').count(), 1);
  }
  await screenshot('hover');
  await axe();
});

journey('clicking a council on the map opens its figures; Close, Back and Forward lead out and in', async ({ page, site, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  const before = page.url();
  const { x, y } = await pointOn(page, LEEDS.code);
  await page.mouse.click(x, y);
  await opened(page, LEEDS.name);
  assert.ok((await measured(page, 'open-council')) >= 0);
  const headings = await panel(page, LEEDS.name).getByRole('heading', { level: 3 }).allInnerTexts();
  assert.deepEqual(headings.filter((heading) => HEADINGS.includes(heading)), HEADINGS);
  assert.equal(await page.title(), 'Leeds City Council, 2023-24 – Upheld');
  assert.equal(address(page, site), '/council/leeds-city-council/');
  assert.equal((await focused(page)).text, LEEDS.name);
  assert.match(await said(page).innerText(), /^Leeds City Council, 2023-24: 44 of 59 \(75%\) complaints upheld\.$/);
  await eventually(async () => assert.equal(await page.locator('.map path[data-chosen]').count(), 1, 'it is outlined on the map'));
  await screenshot('council-on-the-map');
  await screenshot('council-on-the-map-whole-page', { fullPage: true });
  await axe();

  await page.getByRole('button', { name: 'Close' }).click();
  await panel(page, LEEDS.name).waitFor({ state: 'detached' });
  assert.equal(page.url(), before);
  await eventually(async () => assert.equal(await page.locator('.map path[data-chosen]').count(), 0));
  assert.match(await said(page).innerText(), /Closed/);

  await page.goBack();
  await opened(page, LEEDS.name);
  await page.goBack();
  await panel(page, LEEDS.name).waitFor({ state: 'detached' });
  await eventually(async () => assert.match(await page.title(), /^Uphold rate of English councils/));
  await eventually(async () => assert.match(await said(page).innerText(), /Closed/, 'Back is told of, too'));
  await page.goForward();
  await opened(page, LEEDS.name);
  assert.equal(await page.title(), 'Leeds City Council, 2023-24 – Upheld');
  assert.equal(address(page, site), '/council/leeds-city-council/');
  await axe();
});

journey('tapping a council on the phone opens its figures below the map', { windows: ['phone'] }, async ({ page, open, ready, axe, screenshot }) => {
  await open('/');
  await ready();
  await page.locator('.map').evaluate((map) => map.scrollIntoView({ block: 'center' }));
  const { x, y } = await pointOn(page, CORNWALL.code);
  await page.touchscreen.tap(x, y);
  await opened(page, CORNWALL.name);
  // What was asked for is on the screen, without a search for it.
  const heading = await panel(page, CORNWALL.name).getByRole('heading', { level: 2 }).boundingBox();
  assert.ok(heading.y >= 0 && heading.y < 844, `the council's name is ${heading.y} from the top of the window`);
  assert.ok(await page.getByRole('button', { name: 'Close' }).isVisible());
  await screenshot('council-tapped');
  await screenshot('council-tapped-whole-page', { fullPage: true });
  await axe();
  await page.getByRole('button', { name: 'Close' }).tap();
  await panel(page, CORNWALL.name).waitFor({ state: 'detached' });
  await axe();
});

journey('a council is found, read and closed by keyboard alone, however it is spelt', async ({ page, open, ready, axe, screenshot }) => {
  await open('/');
  await ready();
  const way = await tabTo(page, ({ id }) => id === 'find');
  assert.match(way[0], /^Skip to/, 'the first stop is the way past the header');
  assert.equal(await find(page).getAttribute('aria-expanded'), 'false');

  await page.keyboard.type('lutno');
  const luton = page.getByRole('listbox', { name: 'Councils' }).getByRole('option', { name: /^Luton Borough Council/ });
  await luton.waitFor();
  assert.equal(await find(page).getAttribute('aria-expanded'), 'true');
  assert.equal(await find(page).getAttribute('aria-controls'), await page.getByRole('listbox', { name: 'Councils' }).getAttribute('id'));
  await screenshot('search-typo');
  const isActive = async () => {
    const id = await find(page).getAttribute('aria-activedescendant');
    return id !== '' && id === (await luton.getAttribute('id'));
  };
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 0);
  await page.keyboard.press('ArrowDown');
  assert.ok(await isActive(), 'the arrow leads to the best match');
  assert.equal(await luton.getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
  await axe('with the list open');

  await page.keyboard.press('Escape');
  assert.equal(await find(page).getAttribute('aria-expanded'), 'false');
  assert.equal(await find(page).inputValue(), 'lutno', 'the first Escape only closes the list');
  await page.keyboard.press('Escape');
  assert.equal(await find(page).inputValue(), '', 'the second one clears the field');

  await page.keyboard.type('lutno');
  await luton.waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  assert.ok(await isActive(), 'the arrows go round');
  await page.keyboard.press('Enter');
  await opened(page, 'Luton Borough Council');
  await page.waitForFunction(() => document.activeElement?.id === 'council-name');
  await assertFocusVisible(page);
  assert.ok((await measured(page, 'open-council')) >= 0);
  await screenshot('council-by-keyboard');

  await tabTo(page, ({ text }) => text === 'Close');
  await page.keyboard.press('Enter');
  await panel(page, 'Luton Borough Council').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'find');
  await assertFocusVisible(page);
  await axe();
});

journey('the focus can be seen on everything that the keyboard reaches', async ({ page, open, ready, axe }) => {
  for (const path of ['/council/luton-borough-council/?year=2020', '/table/?type=unitary&region=east-of-england']) {
    await open(path);
    await ready();
    // From where the focus is, out of the page; then once through all of it.
    const way = [];
    for (let step = 0, leaves = 0; step < 200; step += 1) {
      await page.keyboard.press('Tab');
      if ((await focused(page)).name === 'body') {
        leaves += 1;
        if (leaves === 2) break;
      } else {
        const { text } = await assertFocusVisible(page);
        if (leaves === 1) way.push(text);
      }
    }
    assert.ok(way.length > 15, way.join(' → '));
    assert.match(way[0], /^Skip to/);
    await axe();
  }
});

journey('the map is zoomed by keyboard', async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  const atFirst = await shapeWidth(page, LINCOLNSHIRE);
  await page.locator('.leaflet-container').focus();
  await assertFocusVisible(page);
  await page.keyboard.press('+');
  await shapeWidth(page, LINCOLNSHIRE, { least: atFirst * 1.9 });
  const ring = await page.locator('.map').evaluate((map) => getComputedStyle(map, '::after').outlineStyle);
  assert.equal(ring, 'solid', 'the ring lies over the shapes');
  await page.keyboard.press('-');
  await shapeWidth(page, LINCOLNSHIRE, { most: atFirst * 1.1 });
  await axe();
});

for (const [window, press] of [['desktop', (option) => option.click()], ['phone', (option) => option.tap()]]) {
  journey('a council is found under whatever it is or was called', { windows: [window] }, async ({ page, open, ready, eventually, axe, screenshot }) => {
    await open('/');
    await ready();

    const former = await look(page, 'shepway');
    assert.match(former[0], /^Folkestone and Hythe District Council[\s\S]*Shepway/);
    await screenshot('search-former');

    const abolished = await look(page, 'northampton');
    const at = abolished.findIndex((text) => text.startsWith('Northampton Borough Council'));
    assert.ok(at >= 0, abolished.join(' | '));
    assert.match(abolished[at], /until March 2021/);
    const heir = abolished.findIndex((text) => text.startsWith('West Northamptonshire Council'));
    assert.ok(heir >= 0, abolished.join(' | '));
    assert.match(abolished[heir], /took over from Northampton Borough Council/);
    await screenshot('search-abolished');

    const alias = await look(page, 'brum');
    assert.match(alias[0], /^Birmingham City Council[\s\S]*Brum/);
    await press(options(page).first());
    await opened(page, 'Birmingham City Council');
    assert.equal(await find(page).inputValue(), '');
    assert.equal(await find(page).getAttribute('aria-expanded'), 'false');
    await eventually(async () => assert.equal(await page.title(), 'Birmingham City Council, 2023-24 – Upheld'));
    await axe();
  });

  journey('a postcode leads to who answers there, and a server learns its area alone; what no council is called is answered kindly', { windows: [window] }, async ({ page, open, ready, axe, screenshot }) => {
    await open('/');
    await ready();
    // All that the search itself needs has come once it has answered.
    await look(page, 'luton');
    await page.waitForLoadState('networkidle');
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const answer = page.locator('.search .answer');
    /** What is offered for `typed`: the councils, or words. */
    const offered = async (typed) => {
      await find(page).fill('');
      await find(page).fill(typed);
      await page.waitForFunction(() => {
        const words = document.querySelector('.search .answer');
        return document.querySelector('#found [data-place]') || (words && !words.hidden && !/Looking up/.test(words.textContent));
      });
      return (await options(page).count()) ? options(page).allInnerTexts() : [await answer.innerText()];
    };
    const [luton, ...more] = await offered(' lu12bq');
    assert.match(luton, /^Luton Borough Council\s+LU1 2BQ: responsible for all that councils do/);
    assert.equal(more.length, 0);
    assert.equal(await find(page).getAttribute('aria-expanded'), 'true');
    await screenshot('search-postcode');
    await axe('with a postcode found');
    // All that a server learns is the area.
    assert.deepEqual(asked, ['/postcodes/LU.txt']);
    const [district, county] = await offered('CB22 5LD');
    assert.match(district, /^South Cambridgeshire District Council\s+CB22 5LD: responsible for housing/);
    assert.match(county, /^Cambridgeshire County Council\s+CB22 5LD: responsible for social care/);
    await screenshot('search-postcode-two-councils');
    assert.ok((await offered('LU1')).some((option) => /^Central Bedfordshire Council\s+\d+ of [\d,]+ postcodes of LU1/.test(option)));
    assert.match((await offered('CF10 1EP'))[0], /in Wales, not in England.*Public Services Ombudsman for Wales/);
    assert.match((await offered('EH1 1YZ'))[0], /in Scotland, not in England/);
    assert.match((await offered('LU1 0AA'))[0], /^LU1 0AA is not in the postcode directory of November 2025\. Around it, in LU1: .*Luton Borough Council/);
    assert.match((await offered('QQ1 1AA'))[0], /There is no such postcode: none begins with QQ/);
    await screenshot('search-postcode-none');
    await offered('lu12bq');
    await find(page).press('Enter');
    await opened(page, 'Luton Borough Council');
    asked.length = 0;

    await find(page).fill('zzxqyv');
    await page.waitForFunction(() => /No council is called that/.test(document.querySelector('.search .answer').textContent));
    assert.ok(await answer.isVisible());
    // The map looks closer at a council that was chosen; of what is typed no server learns.
    assert.deepEqual(asked.filter((path) => !path.startsWith('/geo/')), []);
    await screenshot('search-nonsense');
    await axe();
  });
}

journey('a council of the other tier is shown on its own tier', async ({ page, site, open, ready, axe }) => {
  await open('/');
  await ready();
  await look(page, 'adur');
  await find(page).press('Enter');
  await opened(page, 'Adur District Council');
  await drawn(page, 296);
  assert.equal(await select(page, 'Councils shown').inputValue(), 'lower');
  assert.equal(address(page, site), '/council/adur-district-council/');
  await map(page).waitFor();
  await axe();
});

journey('who answers where the reader is, is told on a press alone, and near a border both sides are offered', { windows: ['desktop', 'phone'], context: { permissions: ['geolocation'], geolocation: { longitude: -0.4153, latitude: 51.8787 } } }, async ({ page, context, open, ready, axe, screenshot }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  const here = page.getByRole('button', { name: 'Where I am' });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await here.click();
  await page.waitForFunction(() => /Where you are/.test(document.querySelector('#found').textContent));
  assert.match((await options(page).allInnerTexts()).join('\n'), /^Luton Borough Council\s+Where you are: responsible for all that councils do/);
  assert.equal(await options(page).count(), 1);
  // Where that is, nobody is told: only the boundaries are asked for.
  assert.deepEqual(asked, ['/geo/lower-2024-detail.geojson']);
  await screenshot('where-i-am');
  await axe('with the council found');
  // Houghton Regis begins where Luton ends.
  await context.setGeolocation({ longitude: -0.5, latitude: 51.9, accuracy: 4000 });
  await here.click();
  await page.waitForFunction(() => document.querySelectorAll('#found [data-place]').length > 1);
  const both = (await options(page).allInnerTexts()).join('\n');
  assert.match(both, /Near a border, so perhaps here/);
  assert.match(both, /Central Bedfordshire Council/);
  assert.match(both, /Luton Borough Council/);
  await context.setGeolocation({ longitude: -3.18, latitude: 51.48 });
  await here.click();
  await page.waitForFunction(() => /not in England/.test(document.querySelector('.search .answer').textContent));
  await context.clearPermissions();
});

journey('a reader who does not say where they are is helped on', { context: { permissions: [] } }, async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  await page.getByRole('button', { name: 'Where I am' }).click();
  await page.waitForFunction(() => /not allowed to say where you are\. Type a postcode/.test(document.querySelector('.search .answer').textContent));
  await axe();
});

/** Keeps the second program, which searches, waiting until `go` is called. */
async function held(page) {
  let go;
  const free = new Promise((resolve) => (go = resolve));
  await page.route('**/upheld-details_bg.wasm', async (route) => {
    await free;
    await route.continue();
  });
  return go;
}

journey('what is asked before the search is there is answered when it comes: Enter, and where I am', { windows: ['desktop', 'phone'], context: { permissions: ['geolocation'], geolocation: { longitude: -0.4153, latitude: 51.8787 } } }, async ({ page, open, ready, axe }) => {
  let go = await held(page);
  await open('/');
  await ready();
  await find(page).fill('brum');
  await page.locator('.search .answer', { hasText: 'Getting ready' }).waitFor();
  await find(page).press('Enter');
  await axe('while the search is on its way');
  go();
  await opened(page, 'Birmingham City Council');
  assert.equal(await find(page).inputValue(), '');

  await page.unrouteAll();
  go = await held(page);
  await open('/');
  await ready();
  await page.getByRole('button', { name: 'Where I am' }).click();
  await page.locator('.search .answer', { hasText: 'Getting ready' }).waitFor();
  go();
  await options(page).filter({ hasText: 'Where you are' }).waitFor();
  assert.match((await options(page).allInnerTexts()).join(), /^Luton Borough Council/);
});

journey('Enter on a postcode that is still being looked up leads on where one council answers, and asks where two do', async ({ page, open, ready }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  for (const [typed, area] of [['cb22 5ld', 'CB'], ['lu1 2bq', 'LU']]) {
    let go;
    const free = new Promise((resolve) => (go = resolve));
    await page.route(`**/postcodes/${area}.txt`, async (route) => {
      await free;
      await route.continue();
    });
    await find(page).fill(typed);
    await page.locator('.search .answer', { hasText: 'Looking up the postcode' }).waitFor();
    await find(page).press('Enter');
    go();
    if (area === 'CB') await options(page).filter({ hasText: 'Cambridgeshire County Council' }).waitFor();
    else await opened(page, 'Luton Borough Council');
  }
});

journey('a place that the browser knows by the region alone is not made up', { context: { permissions: ['geolocation'], geolocation: { longitude: -0.12, latitude: 51.5, accuracy: 25_000 } } }, async ({ page, open, ready }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  await page.getByRole('button', { name: 'Where I am' }).click();
  await page.locator('.search .answer', { hasText: /knows where you are to 25 km only, and \d+ councils lie within that\. Type a postcode/ }).waitFor();
});

journey('a county is offered once beside the districts at a border within it, and nobody abroad is told to live in England', { context: { permissions: ['geolocation'], geolocation: { longitude: -0.26, latitude: 51.3, accuracy: 2000 } } }, async ({ page, context, open, ready }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  const here = page.getByRole('button', { name: 'Where I am' });
  await here.click();
  await options(page).filter({ hasText: 'Surrey County Council' }).waitFor();
  const offered = await options(page).allInnerTexts();
  assert.equal(new Set(offered.map((text) => text.split('\n')[0])).size, offered.length, offered.join(' | '));
  // Knighton, on the Welsh side: Shropshire begins 149 metres on.
  await context.setGeolocation({ longitude: -3.045, latitude: 52.344, accuracy: 20 });
  await here.click();
  await options(page).filter({ hasText: 'perhaps you are not in England' }).first().waitFor();
  assert.doesNotMatch((await options(page).allInnerTexts()).join('\n'), /Where you are/);
});

journey('an answer that comes when the reader has gone on does not come between', { context: { permissions: ['geolocation'], geolocation: { longitude: -0.4153, latitude: 51.8787 } } }, async ({ page, open, ready, eventually }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  let go;
  const free = new Promise((resolve) => (go = resolve));
  await page.route('**/geo/lower-2024-detail.geojson', async (route) => {
    await free;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Where I am' }).click();
  await page.locator('.search .answer', { hasText: 'Your browser asks' }).waitFor();
  await look(page, 'leeds');
  const came = page.waitForResponse('**/geo/lower-2024-detail.geojson');
  go();
  await (await came).finished();
  await eventually(async () => assert.match((await options(page).allInnerTexts())[0], /^Leeds City Council/));
  await find(page).press('Enter');
  await opened(page, 'Leeds City Council');
  await page.waitForFunction(() => document.activeElement.id === 'council-name');
  assert.equal(await options(page).count(), 0);
});

journey('whoever comes back to the search finds again what they had typed, and Enter goes on', async ({ page, open, ready, axe }) => {
  await open('/');
  await ready();
  await look(page, 'lu1 2bq');
  await find(page).blur();
  assert.equal(await find(page).getAttribute('aria-expanded'), 'false');
  await find(page).focus();
  await options(page).first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await find(page).getAttribute('aria-expanded'), 'false');
  await axe('with the list closed');
  await page.keyboard.press('Enter');
  await opened(page, 'Luton Borough Council');
});

journey('part of a postcode is answered by its councils, what they are, and what lies abroad', async ({ page, open, ready, screenshot }) => {
  await open('/');
  await ready();
  await look(page, 'luton');
  await find(page).fill('tn');
  await options(page).filter({ hasText: /postcodes of TN/ }).first().waitFor();
  assert.ok((await options(page).allInnerTexts()).some((text) => /^Kent County Council\s+[\d,]+ of [\d,]+ postcodes of TN, county council/.test(text)));
  await find(page).fill('ch4');
  await options(page).filter({ hasText: /postcodes of CH4/ }).first().waitFor();
  assert.match((await options(page).allInnerTexts())[0], /^Cheshire West and Chester Council\s+[\d,]+ of [\d,]+ postcodes of CH4 \([\d,]+ of them in Wales\), unitary council/);
  await screenshot('search-part-of-postcode');
  await find(page).fill('who runs wigan');
  await options(page).filter({ hasText: 'found by “wigan” alone' }).first().waitFor();
});
