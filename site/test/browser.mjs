// A real Chromium: that of `CHROMIUM`, of Debian or of the machine.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export async function launchBrowser() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error('no Chromium is here; install one (Debian: apt-get install chromium), or name it in CHROMIUM');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
