// Moves sliders of a what-if page at random for some time in Chromium, and prints how much memory it takes, as JSON.
// node soak.mjs PAGE.html SECONDS

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [file, seconds] = process.argv.slice(2);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((it) => it && existsSync(it));
const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-background-networking', '--js-flags=--expose-gc'] });
const page = await browser.newPage();
const problems = [];
page.on('console', (message) => problems.push(`console: ${message.text()}`));
page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
await page.setViewport({ width: 1280, height: 900 });
await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: 'load' });
await page.waitForFunction(() => document.body.classList.contains('ready'), { timeout: 60000 });

/** Memory that processes of the browser have of their own, in MB; 0 where the system does not say. */
function resident() {
  const parents = new Map();
  for (const name of existsSync('/proc') ? readdirSync('/proc').filter((it) => /^\d+$/.test(it)) : []) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const of = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
      parents.set(Number(name), [of('PPid'), of('RssAnon')]);
    } catch { /* a process that has ended meanwhile */ }
  }
  const ours = (pid) => pid === browser.process().pid || (parents.has(pid) && pid > 1 && ours(parents.get(pid)[0]));
  return [...parents].filter(([pid]) => ours(pid)).reduce((sum, [, [, kb]]) => sum + kb / 1024, 0);
}

// Numbers that look random and are the same every time.
let state = 20240515;
const share = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
const rows = [];
const begin = Date.now();
let moves = 0;
let next = 0;
const tabs = ['ratio', 'gap', 'funding', 'deals', 'probability', 'distribution', 'ratio'];
while (Date.now() - begin < 1000 * Number(seconds)) {
  const [which, where, act] = [share(), share(), share()];
  await page.evaluate(([slider, value, what, tab]) => {
    const all = [...document.querySelectorAll('#groups input[type=range]')];
    const it = all[Math.floor(slider * all.length)];
    it.value = String(Number(it.min) + value * (Number(it.max) - Number(it.min)));
    it.dispatchEvent(new Event('input', { bubbles: true }));
    if (what < 0.3) it.dispatchEvent(new Event('change', { bubbles: true }));
    if (what > 0.97) document.getElementById('reset').click();
    if (what > 0.9 && what < 0.95) document.getElementById('undo').click();
    if (what > 0.85 && what < 0.9) document.getElementById(`tab-${tab}`).click();
  }, [which, where, act, tabs[moves % tabs.length]]);
  moves += 1;
  await new Promise((done) => { setTimeout(done, 30); });
  if (Date.now() - begin >= next) {
    await page.evaluate(() => window.gc && window.gc());
    const { JSHeapUsedSize } = await page.metrics();
    rows.push({ seconds: Math.round((Date.now() - begin) / 1000), moves, heap: Math.round(JSHeapUsedSize / 2 ** 20), resident: Math.round(resident()) });
    next += Math.max(1000, 50 * Number(seconds));
  }
}
await browser.close();
if (problems.length) { console.error(problems.join('\n')); process.exit(1); }
console.log(JSON.stringify(rows));
