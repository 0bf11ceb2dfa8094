// The councils that a reader looked at last, and those that are pinned; and what is handed on to others.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { opened } from './support/reader.mjs';

const kept = (page) => page.locator('section.kept');

journey('councils that were looked at are found again beside the map, can be pinned, and are removed on request', { windows: ['desktop', 'phone'] }, async ({ page, open, ready, eventually, axe, screenshot }) => {
  await open('/');
  await ready();
  await page.getByText('Take the map away').waitFor();
  assert.equal(await kept(page).isVisible(), false, 'nothing is kept of who comes first');
  for (const [slug, name] of [['luton-borough-council', 'Luton Borough Council'], ['adur-district-council', 'Adur District Council']]) {
    await open(`/council/${slug}/`);
    await ready();
    await opened(page, name);
    await page.getByRole('button', { name: 'Pin this council' }).waitFor();
  }
  const pin = page.getByRole('button', { name: 'Pin this council' });
  await pin.press('Enter');
  assert.equal(await pin.getAttribute('aria-pressed'), 'true');
  await axe('pinned');
  await open('/');
  await ready();
  await kept(page).waitFor();
  assert.deepEqual(await kept(page).locator('h4, li a').allInnerTexts(), ['Pinned', 'Adur District Council', 'Looked at last', 'Luton Borough Council']);
  await kept(page).scrollIntoViewIfNeeded();
  await screenshot('your-councils');
  await axe('with councils kept');
  await page.getByRole('button', { name: 'Remove Luton Borough Council' }).press('Enter');
  // The focus stays where the reader is: on what stands there now.
  const focusedName = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent.trim());
  assert.equal(await focusedName(), 'Remove all');
  assert.deepEqual(await kept(page).locator('li a').allInnerTexts(), ['Adur District Council']);
  await kept(page).getByRole('link', { name: 'Adur District Council' }).click();
  await opened(page, 'Adur District Council');
  await page.goBack();
  await kept(page).waitFor();
  await page.getByRole('button', { name: 'Remove all' }).press('Enter');
  await eventually(async () => assert.equal(await kept(page).isVisible(), false));
  assert.equal(await focusedName(), 'How councils handle complaints');
  assert.equal(await page.evaluate(() => localStorage.getItem('upheld-councils')), null);
});

/** Puts a way to share into a page, which keeps what it is given. */
const sharing = () => {
  navigator.share = (what) => {
    window.upheldTestShared = what;
    return Promise.resolve();
  };
};

journey('a council is passed on from the head of its page: by the system, or as a sentence to be put anywhere', { windows: ['desktop', 'phone'], context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async ({ page, site, open, ready, eventually, axe }) => {
  const share = page.getByRole('button', { name: 'Share this council' });
  const address = `${site.url}council/luton-borough-council/?year=2020`;
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined, writable: true });
  });
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  await share.click();
  await page.getByRole('status').filter({ hasText: 'Copied: Luton Borough Council, 2019-20: 13 of 24 (54%)' }).waitFor();
  await eventually(async () => assert.ok((await page.evaluate(() => navigator.clipboard.readText())).endsWith(address)));
  await axe('what was copied');
  await page.addInitScript(sharing);
  await page.reload();
  await ready();
  await opened(page, 'Luton Borough Council');
  await share.click();
  await page.getByRole('status').filter({ hasText: 'Shared.' }).waitFor();
  const { title, text, url } = await page.evaluate(() => window.upheldTestShared);
  assert.match(title, /^Luton Borough Council, 2019-20/);
  assert.match(text, /13 of 24 \(54%\)/);
  assert.equal(url, address);
});

journey('where the system can share, a sentence with its address is handed to it', async ({ page, site, open, ready }) => {
  await page.addInitScript(sharing);
  await open('/council/luton-borough-council/?year=2020');
  await ready();
  await opened(page, 'Luton Borough Council');
  const menu = page.locator('figure details.take').first();
  await menu.locator('summary').click();
  await menu.getByRole('button', { name: 'Share…' }).click();
  await menu.getByText('Shared.').waitFor();
  const { title, text, url } = await page.evaluate(() => window.upheldTestShared);
  assert.ok(title.length > 10 && /13 of 24/.test(text), `${title}: ${text}`);
  assert.equal(url, new URL('council/luton-borough-council/?year=2020', site.url).href);
});
