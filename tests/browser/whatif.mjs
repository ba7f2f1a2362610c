// Uses a what-if page in Chromium as a reader would, and prints the diff and the numbers it then shows, as JSON.
// node whatif.mjs PAGE.html ADDRESS.median=VALUE... [--pictures FOLDER]

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const words = process.argv.slice(2);
const at = words.indexOf('--pictures');
const pictures = at < 0 ? null : resolve(words.splice(at, 2)[1]);
const [file, ...settings] = words;
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((it) => it && existsSync(it));
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const address = pathToFileURL(resolve(file)).href;
const problems = [];
const told = (what) => problems.push(what);
const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--force-color-profile=srgb', '--disable-background-networking'] });
if (pictures) mkdirSync(pictures, { recursive: true });

async function opened({ bypass = false, scripts = true, theme = 'light', before = null } = {}) {
  const page = await browser.newPage();
  if (bypass) await page.setBypassCSP(true);
  await page.setJavaScriptEnabled(scripts);
  if (before) await page.evaluateOnNewDocument(before);
  page.on('request', (request) => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) told(`asks for ${request.url()}`); });
  page.on('console', (message) => told(`console: ${message.text()}`));
  page.on('pageerror', (error) => told(`error: ${error.message}`));
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address, { waitUntil: 'load' });
  return page;
}
const ready = (page) => page.waitForFunction(() => document.body.classList.contains('ready'), { timeout: 60000 });
const final = (page) => page.waitForFunction(() => !document.body.classList.contains('moving') && document.getElementById('problem').hidden, { timeout: 120000, polling: 100 });
const text = (page, id) => page.$eval(`#${id}`, (it) => it.textContent);

// The numbers of a diff that is pasted.
const page = await opened();
if ((await page.$$eval('#fan svg', (all) => all.length)) !== 1) told('there is no chart before the engine is ready');
await ready(page);
const sides = settings.map((it) => { const [address, value] = it.split('='); return `${address} = "${value}"`; });
await page.evaluate((diff) => { document.querySelector('.share').open = true; document.getElementById('paste').value = diff; document.getElementById('apply').click(); }, sides.join('\n'));
await page.waitForFunction(() => document.body.classList.contains('moving') || document.getElementById('headline').textContent.startsWith('These'), { timeout: 60000 });
await final(page);
await page.waitForFunction((count) => document.getElementById('changedcount').textContent.startsWith(`${count} of`), {}, settings.length);
const headline = await text(page, 'headline');
if (!/^These changes (cut|raise|hardly move) /.test(headline)) told(`the headline is “${headline}”`);
const fan = await page.evaluate(() => window.whatIf.table('fan.csv'));
const found = { title: await text(page, 'finding'), headline, toml: await text(page, 'toml'), command: await text(page, 'command'), fan };

// Nothing is applied half.
await page.evaluate(() => { document.getElementById('paste').value = 'us.deals.growth.median = "3%"\nus.nothing.median = "4%"'; document.getElementById('apply').click(); });
if (!(await text(page, 'pasted')).includes('us.nothing')) told('an unknown key is not listed');
if (!(await text(page, 'changedcount')).startsWith(`${settings.length} of`)) told('a diff was applied half');

// By keyboard alone: a slider, undo, tabs, a year of the chart.
await page.focus('#groups input[type=range]');
await page.keyboard.press('ArrowRight');
await page.keyboard.press('PageUp');
await page.waitForFunction((count) => document.getElementById('changedcount').textContent.startsWith(`${count} of`), {}, settings.length + 1);
if (!(await page.$eval('#groups input[type=range]', (it) => it.getAttribute('aria-valuetext'))).includes('baseline')) told('a moved slider does not say its baseline');
await new Promise((done) => { setTimeout(done, 600); });
await page.keyboard.down('Control');
await page.keyboard.press('z');
await page.keyboard.up('Control');
await page.waitForFunction((count) => document.getElementById('changedcount').textContent.startsWith(`${count} of`), {}, settings.length);
await final(page);
if ((await text(page, 'headline')) !== headline) told(`after undo the headline is “${await text(page, 'headline')}” instead of “${headline}”`);
await page.focus('#fan');
const first = await text(page, 'readout');
await page.keyboard.press('ArrowLeft');
if ((await text(page, 'readout')) === first) told('the arrow does not move the year');
await page.focus('#tab-ratio');
for (const tab of ['gap', 'funding', 'deals', 'probability', 'distribution']) {
  await page.keyboard.press('ArrowRight');
  const holder = tab === 'gap' ? '#fan svg' : '#chart svg';
  await page.waitForFunction((name, chart) => document.getElementById(`tab-${name}`).getAttribute('aria-selected') === 'true' && document.querySelector(chart), { timeout: 60000 }, tab, holder);
}
for (const tab of ['moved', 'drives', 'true']) {
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((name) => document.getElementById(`tab-${name}`).getAttribute('aria-selected') === 'true' && document.querySelector('#asked svg, #asked table'), { timeout: 180000, polling: 200 }, tab);
  if (pictures) await page.screenshot({ path: join(pictures, `whatif-${tab}.png`), fullPage: true });
}
// The address of the page is the state of the page.
const state = await page.evaluate(() => location.href);
await page.goto('about:blank');
await page.goto(state, { waitUntil: 'load' });
await ready(page);
await page.waitForFunction((words) => document.getElementById('headline').textContent === words, { timeout: 60000 }, headline);
// Back to the scenario as it is.
await page.click('#reset');
await page.waitForFunction(() => document.getElementById('changedcount').textContent.startsWith('0 of'));
if (!/^(The|Both|A) /.test(await text(page, 'headline')) && /^These/.test(await text(page, 'headline'))) told('reset leaves the headline');
await page.close();

// Widths and themes: nothing scrolls sideways, axe finds nothing serious.
for (const theme of ['light', 'dark']) {
  const it = await opened({ bypass: true, theme });
  await ready(it);
  await it.evaluate(() => { location.hash = '#d=' + encodeURIComponent('china.deals.growth=9'); });
  await it.waitForFunction(() => document.getElementById('headline').textContent.startsWith('These'), { timeout: 60000 });
  await final(it);
  for (const width of [1920, 1280, 768, 390, 320]) {
    await it.setViewport({ width, height: width < 700 ? 844 : 900 });
    await new Promise((done) => { setTimeout(done, 300); });
    const wide = await it.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) told(`scrolls sideways by ${wide} px at ${width} px`);
    if (pictures) await it.screenshot({ path: join(pictures, `whatif-${theme}-${width}.png`) });
  }
  await it.setViewport({ width: 1280, height: 900 });
  await it.evaluate(() => { document.querySelectorAll('details').forEach((details) => { details.open = true; }); });
  await it.evaluate(axe);
  const checked = await it.evaluate(() => window.axe.run(document));
  for (const bad of checked.violations.filter((one) => ['serious', 'critical'].includes(one.impact))) {
    told(`axe (${theme}): ${bad.id}, ${bad.help}: ${bad.nodes.slice(0, 3).map((one) => one.html.slice(0, 140)).join(' | ')}`);
  }
  await it.close();
}

// Without WebAssembly there is a sentence and a chart; without scripts too.
const blocked = await opened({ before: 'delete window.WebAssembly;' });
await blocked.waitForSelector('#blocked:not([hidden])');
if ((await blocked.$$eval('#fan svg', (all) => all.length)) !== 1) told('without WebAssembly there is no chart');
await blocked.close();
const still = await opened({ scripts: false });
const plain = await still.$$eval('.static svg, h1, .tile', (all) => all.filter((it) => it.getClientRects().length > 0).length).catch(() => -1);
if (plain !== -1 && plain < 6) told(`without scripts only ${plain} of title, tiles and chart are seen`);
if (pictures) await still.screenshot({ path: join(pictures, 'whatif-still.png'), fullPage: true });
await still.close();
await browser.close();
if (problems.length) { console.error(problems.join('\n')); process.exit(1); }
console.log(JSON.stringify(found));
