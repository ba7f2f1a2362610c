// Uses a what-if page in Firefox as a reader would, and prints the numbers it then shows, as JSON.
// node firefox.mjs PAGE.html ADDRESS.median=VALUE...

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [file, ...settings] = process.argv.slice(2);
const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((it) => it && existsSync(it));
const problems = [];
const told = (what) => problems.push(what);
const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true });
const page = await browser.newPage();
page.on('console', (message) => { if (message.type() !== 'warn') told(`console: ${message.text()}`); });
page.on('pageerror', (error) => told(`error: ${error.message}`));
const address = pathToFileURL(resolve(file)).href;
page.on('request', (request) => { if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) told(`asks for ${request.url()}`); });
const text = (id) => page.$eval(`#${id}`, (it) => it.textContent);
const waits = { timeout: 120000, polling: 100 };

await page.setViewport({ width: 1280, height: 900 });
await page.goto(address, { waitUntil: 'load' });
if ((await page.$$eval('#fan svg', (all) => all.length)) !== 1) told('there is no chart before the engine is ready');
await page.waitForFunction(() => document.body.classList.contains('ready'), waits);

// The numbers of a diff that is pasted.
const diff = settings.map((it) => { const [input, value] = it.split('='); return `${input} = "${value}"`; }).join('\n');
await page.evaluate((lines) => { document.querySelector('.share').open = true; document.getElementById('paste').value = lines; document.getElementById('apply').click(); }, diff);
await page.waitForFunction(() => document.getElementById('headline').textContent.startsWith('These'), waits);
const final = () => page.waitForFunction(() => !document.body.classList.contains('moving') && document.getElementById('problem').hidden, waits);
await final();
const headline = await text('headline');
const fan = await page.evaluate(() => window.whatIf.table('fan.csv'));

// By keyboard: a slider, undo, every tab that draws.
await page.focus('#groups input[type=range]');
await page.keyboard.press('PageUp');
await page.waitForFunction((count) => document.getElementById('changedcount').textContent.startsWith(`${count} of`), waits, settings.length + 1);
await new Promise((done) => { setTimeout(done, 600); });
await page.keyboard.down('Control');
await page.keyboard.press('z');
await page.keyboard.up('Control');
await page.waitForFunction((count) => document.getElementById('changedcount').textContent.startsWith(`${count} of`), waits, settings.length);
await final();
if ((await text('headline')) !== headline) told(`after undo the headline is “${await text('headline')}” instead of “${headline}”`);
await page.focus('#tab-ratio');
for (const tab of ['gap', 'funding', 'deals', 'probability', 'distribution']) {
  await page.keyboard.press('ArrowRight');
  const holder = tab === 'gap' ? '#fan svg' : '#chart svg';
  await page.waitForFunction((name, chart) => document.getElementById(`tab-${name}`).getAttribute('aria-selected') === 'true' && document.querySelector(chart), waits, tab, holder);
}
for (const width of [1920, 1280, 768, 390, 320]) {
  await page.setViewport({ width, height: 900 });
  await new Promise((done) => { setTimeout(done, 300); });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) told(`scrolls sideways by ${wide} px at ${width} px`);
}
await browser.close();
if (problems.length) { console.error(problems.join('\n')); process.exit(1); }
console.log(JSON.stringify({ headline, fan }));
