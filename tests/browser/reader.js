// A reader: one Chromium for all tests, the sites that it reads, and what it notices on a page.

import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { buildSites, pageOfEverySort } from './archives.js';
import { serve } from './server.js';

const { base, folders } = await buildSites();
process.on('exit', () => rmSync(base, { recursive: true, force: true }));

/** The folders of the sites, by name. */
export { folders };

const servers = {
  bundled: await serve(folders.bundled),
  'bundled under a path': await serve(folders['bundled under a path'], '/archive/'),
  desk: await serve(folders.desk),
  'desk under a path': await serve(folders['desk under a path'], '/archive/'),
  arabic: await serve(folders.arabic),
  inner: await serve(folders.inner),
  single: await serve(folders.single),
  old: await serve(folders.old),
  'single under a path': await serve(folders.single, '/archive/'),
};

/** The addresses of the sites' roots, by name. */
export const homes = Object.fromEntries(Object.entries(servers).map(([name, { home }]) => [name, home]));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  headless: true,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
  ],
});

after(async () => {
  await browser.close();
  for (const server of Object.values(servers)) server.close();
});

/** The kinds of page, each with one of the desk's archive that shows much of what its kind can show. */
export const pages = {
  'the home page': '',
  'a briefing': 'briefings/2025/05/15/direct-talks/',
  'a briefing that answers another': 'briefings/2025/05/20/what-came-of-it/',
  'a translation': 'briefings/2025/05/15/direct-talks/ar/',
  'a retracted briefing': 'briefings/2025/05/21/taken-back/',
  'the list of briefings': 'briefings/',
  'a numbered page of the list': 'briefings/page/1/',
  'the index of actors': 'actors/',
  'the index of places': 'locations/',
  'an actor': 'actors/hamas/',
  'a place': 'locations/gaza-strip/',
  'a topic': 'topics/hostage-talks/',
  'the index of dates': 'dates/',
  'a year': 'dates/2025/',
  'a month': 'dates/2025/05/',
  'a day': 'dates/2025/05/15/',
  'a page of words': 'about/',
  'a missing page': 'no/such/page/',
};

/** One page of every sort that the bundled archive holds today: the name and the path of each. */
export const bundledPages = await pageOfEverySort(folders.bundled);

/** How many pages are read at a time. */
export const atATime = { concurrency: 2 };

/** Windows that are open and that nobody reads in, by their sort: to open one costs more than to turn its pages. */
const idle = new Map();

/**
 * Opens `path` of a site (or, without a site, a whole address) and lets `look` look at it. `before` is done to the
 * window first; such a window, and one that is `fresh`, has no past and is closed when it was looked at.
 *
 * `seen` is what went wrong meanwhile, in words: refusals of the Content-Security-Policy, errors in the console,
 * requests of another origin or that did not answer 200.
 * @param {{site?: string, path: string, width?: number, height?: number, phone?: boolean, dark?: boolean,
 *   scripts?: boolean, fresh?: boolean, until?: 'load' | 'domcontentloaded',
 *   before?: (page: import('playwright-core').Page) => Promise<void>}} options
 * @param {(page: import('playwright-core').Page, seen: string[]) => Promise<void>} look
 */
export async function read(options, look) {
  const { site, path, width = 1280, height = 800, phone = false, dark = false, scripts = true, until = 'load' } = options;
  const sort = `${phone} ${scripts}`;
  const isFresh = options.fresh || options.before !== undefined;
  const window = (!isFresh && idle.get(sort)?.pop()) || (await openWindow(phone, scripts));
  const { context, page } = window;
  let isGood = false;
  try {
    window.seen = [];
    if (window.address) window.earlier.add(new URL(window.address).origin);
    window.address = new URL(path, site === undefined ? 'file:///' : homes[site]).href;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', media: null });
    await options.before?.(page);
    await page.goto(window.address, { waitUntil: until });
    await look(page, window.seen);
    isGood = true;
  } finally {
    if (isGood && !isFresh) idle.set(sort, [...(idle.get(sort) ?? []), window]);
    else await context.close();
  }
}

/** A window that notices what goes wrong in it. That a missing page is missing is no fault. */
async function openWindow(phone, scripts) {
  const context = await browser.newContext({ isMobile: phone, hasTouch: phone, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const window = { context, page, address: '', seen: [], earlier: new Set() };
  const isMissing = (url) => url === window.address && url.includes('/no/such/page');
  const isHere = (url) => new URL(url).origin === new URL(window.address).origin;
  const note = (what) => window.seen.push(what);
  page.on('pageerror', (error) => note(`error in a script: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isMissing(message.location().url)) {
      note(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    // The last requests of the page that was read before, of another site, may come late.
    if (!isHere(request.url()) && protocol !== 'data:' && !window.earlier.has(origin)) {
      note(`request elsewhere: ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever turns the page breaks off what was still under way.
    if (isHere(request.url()) && why !== 'net::ERR_ABORTED') note(`request failed: ${request.url()}, ${why}`);
  });
  page.on('response', (response) => {
    const isGood = [200, 304].includes(response.status()) || response.url().startsWith('file:');
    if (!isGood && isHere(response.url()) && !isMissing(response.url())) {
      note(`answer ${response.status()}: ${response.url()}`);
    }
  });
  await page.exposeFunction('refused', (what) => note(`refused by the policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.refused(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return window;
}

/** How light the page's background is, from 0 (black) to 1 (white). */
export function lightness(page, selector = 'body') {
  return page.$eval(selector, (element) => {
    const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number);
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  });
}
