// The journeys' own watchfulness: a page with one of every trouble has each of them noticed. A trouble that is expected
// but does not happen fails a journey too, so this journey passes only if all of them are seen.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journey } from './support/journey.mjs';

const root = mkdtempSync(join(tmpdir(), 'upheld-troubled-'));
after(() => rmSync(root, { recursive: true }));
writeFileSync(join(root, '_headers'), "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src *\n");
writeFileSync(join(root, 'index.html'), '<!DOCTYPE html><html><head><title></title><script src="trouble.js" defer></script></head><body style="margin: 0"><img src="none.png"></body></html>');
writeFileSync(
  join(root, 'trouble.js'),
  `console.warn('a warning');
console.error('an error');
setTimeout(() => { throw new Error('an exception'); });
fetch('https://elsewhere.example/').catch(() => { document.title = 'troubled'; });`,
);

journey(
  'every trouble on a page is noticed',
  {
    root,
    expected: [
      /^console warning: a warning/,
      /^console error: an error/,
      /^exception: Error: an exception/,
      /^status 404: .*none\.png/,
      /^foreign request: https:\/\/elsewhere\.example\//,
      /^request failed: https:\/\/elsewhere\.example\//,
      /^policy: style-src-attr blocked inline/,
      /^console error: .*(Content Security Policy|Failed to load resource)/,
    ],
  },
  async ({ page, open, eventually, axe, troubles }) => {
    await open('/');
    await eventually(async () => assert.equal(await page.title(), 'troubled'));
    await eventually(() => assert.ok(troubles.some((trouble) => trouble.startsWith('exception'))));
    await assert.rejects(axe(), /image-alt[\s\S]*/);
  },
);
