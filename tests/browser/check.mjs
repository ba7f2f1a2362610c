// Opens pages in Chromium and fails on a request, a console message, sideways scroll or what axe finds serious.
// node check.mjs PAGE.html... [--pictures FOLDER] [--printed PAGE.html...]
// Pages behind --printed are only held against paper.

import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const words = process.argv.slice(2);
const at = words.indexOf('--pictures');
const pictures = at < 0 ? null : resolve(words.splice(at, 2)[1]);
const from = words.indexOf('--printed');
const printed = from < 0 ? [] : words.splice(from).slice(1);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((it) => it && existsSync(it));
if (!chromium || words.length + printed.length === 0) {
  console.error(chromium ? 'no page given' : 'no Chromium: install the package chromium or set CHROMIUM');
  process.exit(2);
}
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const problems = [];
const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--force-color-profile=srgb'] });
if (pictures) mkdirSync(pictures, { recursive: true });

for (const file of words) {
  const name = basename(file, '.html');
  const told = (what) => problems.push(`${name}: ${what}`);
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage();
    // The page's own policy forbids scripts from elsewhere; axe is put in past it, the policy itself stays in the file.
    await page.setBypassCSP(true);
    const address = pathToFileURL(resolve(file)).href;
    page.on('request', (request) => {
      if (request.url() !== address && !/^(data|blob):/.test(request.url())) told(`asks for ${request.url()}`);
    });
    page.on('console', (message) => told(`console (${theme}): ${message.text()}`));
    page.on('pageerror', (error) => told(`error (${theme}): ${error.message}`));
    page.on('dialog', (dialog) => { told(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    for (const width of [1280, 768, 320]) {
      await page.setViewport({ width, height: 900 });
      await page.goto(address, { waitUntil: 'load' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) told(`scrolls sideways by ${wide} px at ${width} px`);
      const eaten = await page.evaluate(() => [...document.querySelectorAll('svg text')].filter((it) => /^ | $|  /.test(it.textContent) && !getComputedStyle(it).whiteSpace.startsWith('pre')).map((it) => it.textContent));
      if (eaten.length) told(`spaces at the edge of “${eaten[0]}” are lost`);
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
    }
    // On a telephone the smallest letters of a picture are eleven pixels high.
    await page.setViewport({ width: 390, height: 844 });
    await page.evaluate(() => document.querySelectorAll('details.part').forEach((it) => { it.open = true; }));
    const least = await page.evaluate(() => Math.min(...[...document.querySelectorAll('svg text')].filter((it) => it.getClientRects().length > 0).map((it) => it.getAttribute('font-size') * it.ownerSVGElement.getBoundingClientRect().width / it.ownerSVGElement.viewBox.baseVal.width)));
    if (least < 11) told(`letters of ${least.toFixed(1)} px at 390 px`);
    await page.setViewport({ width: 1280, height: 900 });
    await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    for (const it of found.violations.filter((it) => ['serious', 'critical'].includes(it.impact))) {
      told(`axe (${theme}): ${it.id}, ${it.help}: ${it.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
    }
    if (theme === 'light') await lightOnly(page, told, name);
    await page.close();
  }
  // Under the page's own policy its script runs and nothing complains.
  const page = await browser.newPage();
  page.on('console', (message) => told(`console under its policy: ${message.text()}`));
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: 'load' });
  if (await page.evaluate(() => document.getElementById('print').hidden)) told('its script did not run');
  await onPaper(page, told);
  await page.reload({ waitUntil: 'load' });
  if (pictures) {
    for (const format of ['A4', 'Letter']) await page.pdf({ path: join(pictures, `${name}-${format}.pdf`), format, preferCSSPageSize: false });
  }
  await page.close();
}
for (const file of printed) {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: 'load' });
  await onPaper(page, (what) => problems.push(`${basename(file, '.html')}: ${what}`));
  await page.close();
}
await browser.close();

// The first page takes one side of paper, what follows begins on the next one, and no letter on its pictures is below seven
// points.
async function onPaper(page, told) {
  const sides = async (format) => (Buffer.from(await page.pdf({ format })).toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length;
  const brief = await page.evaluate(() => document.body.classList.contains('brief'));
  await page.addStyleTag({ content: '.appendix{display:none!important}.page{break-after:auto!important}' });
  for (const format of ['A4', 'Letter']) {
    const count = await sides(format);
    if (count !== 1) told(`the first page${brief ? ' alone' : ''} takes ${count} sides of ${format}`);
  }
  // As wide as A4 between its margins; a pixel of a style sheet is three quarters of a point.
  await page.setViewport({ width: 688, height: 1000 });
  await page.emulateMediaType('print');
  const least = await page.evaluate(() => Math.min(...[...document.querySelectorAll('.page svg text')].filter((it) => it.getClientRects().length > 0).map((it) => 0.75 * it.getAttribute('font-size') * it.ownerSVGElement.getBoundingClientRect().width / it.ownerSVGElement.viewBox.baseVal.width)));
  if (least < 7) told(`letters of ${least.toFixed(1)} points on paper`);
  await page.emulateMediaType('screen');
}

// Without scripts everything is there; with them a figure becomes a PNG of the size it says.
async function lightOnly(page, told, name) {
  const small = await page.evaluate(() => [...document.querySelectorAll('button.png')].length);
  const figures = await page.evaluate(() => document.querySelectorAll('figure').length);
  if (small !== figures) told('a figure has no PNG button');
  // A figure goes to paper alone.
  await page.evaluate(() => { window.print = () => window.dispatchEvent(new Event('beforeprint')); document.querySelector('button.pdf').click(); });
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => [...document.querySelectorAll('figure, h1, h2, p, table, nav')].filter((it) => it.getClientRects().length > 0).map((it) => it.tagName));
  if (seen.length !== 1 || seen[0] !== 'FIGURE') told(`a figure is not alone on paper: ${seen.slice(0, 8)}`);
  await page.emulateMediaType('screen');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  // Long tables go to paper only if the reader opened them; the others say where their numbers are.
  await page.emulateMediaType('print');
  const printed = await page.evaluate(() => {
    const all = [...document.querySelectorAll('details.numbers')];
    // Rectangles first: they bring the layout up to date.
    const seen = (name) => [...document.querySelectorAll(name)].filter((it) => it.getClientRects().length > 0 && it.checkVisibility()).length;
    all.forEach((it) => { it.open = false; });
    // The two figures of the first page leave that to the appendix.
    const [closed, said] = [seen('table.plotted'), seen('.paper') + document.querySelectorAll('.page .paper').length];
    all[0].open = true;
    return [closed, seen('table.plotted'), said, all.length];
  });
  await page.emulateMediaType('screen');
  if (printed[0] !== 0 || printed[1] !== 1 || printed[2] !== printed[3]) told(`on paper: ${printed[0]} tables closed, ${printed[1]} with one open, ${printed[2]} of ${printed[3]} figures say where their numbers are`);
  if (await page.evaluate(() => document.body.classList.contains('alone'))) told('the page stays without its other parts after printing one');
  // What a button saves is caught; buttons save where the clipboard is closed.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    HTMLAnchorElement.prototype.click = function () {};
    const made = URL.createObjectURL;
    window.caught = (button) => new Promise((done) => {
      URL.createObjectURL = (it) => { done(it); return made.call(URL, it); };
      button.click();
      setTimeout(() => done(null), 8000);
    });
  });
  // Every picture is a file that needs nothing of the page: parsed as XML, its colours written out, its face inside.
  const wrong = await page.evaluate(async () => {
    for (const button of document.querySelectorAll('button.svg')) {
      const text = await (await window.caught(button)).text();
      const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      const ground = svg.querySelector('rect').style.fill;
      const whole = svg.tagName === 'svg' && !text.includes('var(') && !/undefined|@media/.test(text) && text.includes('@font-face') && ground === 'rgb(255, 255, 255)';
      if (!whole) return `${button.getAttribute('aria-label')}: ${svg.tagName}, ground ${ground}`;
    }
    return null;
  });
  if (wrong) told(`an SVG is not whole: ${wrong}`);
  // The note for Word: words and plain tables as on the page, pictures as PNG, nothing that only a browser reads.
  const note = await page.evaluate(async () => {
    const blob = await window.caught(document.getElementById('copy'));
    if (!blob) return { html: null };
    const html = await blob.text();
    const body = new DOMParser().parseFromString(html, 'text/html').body;
    const text = (it) => it.textContent.replace(/\s+/g, ' ').trim();
    const rows = (root) => [...root.querySelectorAll('tr')].map(text).join('\n');
    const tables = [...document.querySelectorAll('main table.prose')];
    return {
      html,
      pictures: [...body.querySelectorAll('img')].map((it) => /^data:image\/png;base64,/.test(it.src) && it.alt.length > 40 && it.width > 300).join(),
      odd: [...body.querySelectorAll('svg, data, span, button, details, [class], [id], [data-cell]')].map((it) => it.tagName).join(),
      tables: [...body.querySelectorAll('table')].map(rows).join('\n\n') === tables.map(rows).join('\n\n') && [...body.querySelectorAll('table')].every((it) => it.border === '1' && it.querySelector('thead th') && it.querySelector('tbody th')),
      title: text(body.querySelector('h1')) === text(document.querySelector('main h1')),
    };
  });
  if (!note.html) told('the note for Word is not made');
  else if (note.pictures !== 'true,true' || note.odd || !note.tables || !note.title) told(`the note for Word: ${JSON.stringify({ ...note, html: note.html.length })}`);
  if (pictures && note.html) writeFileSync(join(pictures, `${name}-word.html`), note.html);
  const size = await page.evaluate(async () => {
    const blob = await window.caught(document.querySelector('button.png'));
    if (!blob) return null;
    const picture = await createImageBitmap(blob);
    const button = document.querySelector('button.png');
    return [picture.width, picture.height, 2 * button.dataset.width, 2 * button.dataset.height];
  });
  if (!size) told('the PNG button makes no picture');
  else if (size[0] !== size[2] || size[1] !== size[3]) told(`the PNG is ${size[0]} × ${size[1]}, not ${size[2]} × ${size[3]}`);
}

problems.forEach((problem) => console.error(problem));
console.log(`${words.length + printed.length} pages, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
