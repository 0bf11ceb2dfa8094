// Finds the browser for the tests: the one that CHROME names, else a Chromium or Chrome that is on the machine.
// Run by itself it prints the browser's path, or says what is missing and exits with status 1.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_APPS = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The path of the browser to test with; throws an error that says what to do when there is none. */
export function findBrowser(env = process.env, platform = process.platform) {
  if (env.CHROME) {
    if (isProgram(env.CHROME)) return env.CHROME;
    throw new Error(`CHROME names ${env.CHROME}, which is not a program`);
  }
  const places = (env.PATH ?? '').split(delimiter).filter(Boolean).flatMap((folder) => COMMANDS.map((name) => join(folder, name)));
  if (platform === 'darwin') {
    places.push(...['/Applications', join(homedir(), 'Applications')].flatMap((folder) => MAC_APPS.map((app) => join(folder, app))));
  }
  const found = places.find(isProgram);
  if (found) return found;
  throw new Error('no Chromium or Chrome found: install one, or name one with CHROME=/path/to/chrome');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findBrowser());
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
