// Every listener of the page, and the way from a moved slider to an answer.
import { Pool } from './engine.js';
import { Fan } from './fan.js';
import { read, rounded } from './format.js';
import { Panel } from './panel.js';
import { fresh, fromHash, MOST_PINS, remember, set, settings, step, toHash } from './state.js';
import { fromToml, toToml } from './toml.js';
import * as view from './view.js';

const LIVE = { least: 512, most: 16384 };
const QUESTION_PATHS = 4000;
const PARTS = 12;
const WHAT_IF = 'your-changes.toml';

/** An element of the page, of whatever kind. @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** What an event is about. @param {Event} event @returns {any} */
const hit = (event) => event.target;
const data = JSON.parse(at('data').textContent);
const state = Object.assign(fresh(), { changes: fromHash(data.sliders, location.hash) });
const told = { now: data.baseline, base: data.baseline, final: true, round: 0, changes: {}, parts: null, took: 0 };
const fan = new Fan(at('fan'));
const panel = new Panel(at('groups'), data.sliders);
const of = (address) => data.sliders.find((it) => it.address === address);
const answers = new Map();
let livePaths = 2048;
let engine = null;
let gesture = null;
let round = 0;
let busy = false;
let stale = false;
let year = data.baseline.horizon;
let log = true;
let showBase = false;
const frames = [];

const isEmpty = () => Object.keys(state.changes).length === 0;
const isChanged = () => JSON.stringify(state.changes) !== JSON.stringify(against().changes);
const against = () => (state.against < 0 ? { changes: {}, told: data.baseline } : state.pins[state.against]);
const narrow = () => window.matchMedia('(max-width: 700px)').matches;

function request(want, paths, question) {
  return {
    texts: data.texts,
    recipe: {
      question: question || data.recipe.question,
      changes: { set: settings(data.sliders, state.changes) },
      paths,
      seed: data.seed,
      sampler: data.recipe.sampler,
      look: { preset: narrow() ? 'phone' : 'note' },
    },
    want,
  };
}

function clean(it) {
  return JSON.parse(JSON.stringify(it));
}

/** What the page shows of what is known now. */
function render() {
  const { now, base, final } = showBase ? { now: told.base, base: told.base, final: true } : told;
  const changed = isChanged() && !showBase;
  panel.render(state);
  view.headline({ now, base, changed, final });
  view.tabs(state);
  view.diff(state, data);
  if (state.tab === 'ratio' || state.tab === 'gap') {
    fan.draw({ now: now.fan, base: changed ? base.fan : null, what: state.tab, log, moving: gesture !== null, year });
    view.readOut({ now: now.fan, base: base.fan, what: state.tab, year, changed });
    view.table({ now: now.fan, base: base.fan, changed });
  } else if (view.CHARTS.includes(state.tab)) {
    const svg = now.charts[state.tab];
    if (svg) view.picture(at('chart'), svg);
  } else if (state.tab === 'pins') {
    view.pins(state, data, told.base);
  } else {
    question();
  }
}

function failed(message) {
  at('problem').textContent = message;
  at('problem').hidden = !message;
}

/** Few paths at once, of the newest setting only. */
function live() {
  if (!engine) return;
  if (busy) { stale = true; return; }
  busy = true;
  stale = false;
  const own = round;
  const chart = view.CHARTS.includes(state.tab) ? [state.tab] : [];
  const want = { run: { charts: chart, brief: state.tab !== 'deals', against: told.base.median } };
  const started = performance.now();
  engine.ask(request(want, livePaths), 0, 'live').then(({ answer, took }) => {
    busy = false;
    if (answer.refused) failed(answer.refused);
    else if (!told.final || told.round < own) {
      failed('');
      Object.assign(told, { now: { ...answer.run, narrow: narrow() }, final: false, round: own });
      render();
      frames.push([performance.now() - started, took, livePaths]);
    }
    if (took > 45 && livePaths > LIVE.least) livePaths /= 2;
    else if (took < 16 && livePaths < LIVE.most) livePaths *= 2;
    if (stale) live();
  }, stopped);
}

/** All paths, in ranges side by side; given up as soon as something else moves. */
async function whole() {
  if (!engine) return;
  const own = round;
  engine.drop('final');
  const changes = clean(state.changes);
  const started = performance.now();
  try {
    const ask = (part) => engine.ask(request({ part: { part, of: PARTS } }, data.paths), 1, 'final');
    const found = await Promise.all(Array.from({ length: PARTS }, (_, part) => ask(part)));
    if (own !== round) return;
    const refused = found.find((it) => it.answer.refused);
    if (refused) { failed(refused.answer.refused); return; }
    const chart = view.CHARTS.includes(state.tab) ? [state.tab] : [];
    const wanted = { charts: chart, against: told.base.median };
    const parts = found.map((it) => it.answer.part);
    const { answer } = await engine.ask(request({ merged: { parts, wanted } }, data.paths), 1, 'final');
    if (own !== round) return;
    if (answer.refused) { failed(answer.refused); return; }
    failed('');
    Object.assign(told, { now: { ...answer.run, narrow: narrow() }, final: true, round: own, changes, parts, took: performance.now() - started });
    render();
    announce();
  } catch (error) { stopped(error); }
}

/** A chart of another tab, from the counts that are there. */
async function chartOf(tab) {
  if (!engine || !told.final || (told.now.charts[tab] && Boolean(told.now.narrow) === narrow())) return;
  const own = round;
  const wanted = { charts: [tab], against: told.base.median };
  const want = told.parts && isSame(told.changes) ? { merged: { parts: told.parts, wanted } } : { run: wanted };
  const { answer } = await engine.ask(request(want, data.paths), 1, 'chart');
  if (own !== round || !answer.run) return;
  if (Boolean(told.now.narrow) !== narrow()) Object.assign(told.now, { narrow: narrow(), charts: {} });
  Object.assign(told.now.charts, answer.run.charts);
  render();
}

const isSame = (changes) => JSON.stringify(changes || {}) === JSON.stringify(state.changes);

/** What drives the answer, and what would have to be true, on the settings as they are. */
function question() {
  const tab = state.tab;
  const key = tab + settings(data.sliders, state.changes).join('|') + (tab === 'true' ? at('goal').value : '') + narrow();
  const scenario = data.recipe.question.simulate.scenario;
  const goal = at('goal').value;
  const titles = { moved: isEmpty() ? 'Nothing is changed yet. Move an assumption, then this says which change did how much.' : 'Your changes against the scenario, path by path on the same luck; the effect is divided fairly among them (Shapley), on 4,000 paths.', drives: 'Each input moved over its range, one at a time, on 4,000 paths.', true: `So that ${goal}: one input at a time, all else as set, on 4,000 paths.` };
  at('goalform').hidden = tab !== 'true';
  const known = answers.get(key);
  view.asked({ answer: known && known.question, waiting: !known && engine && told.final && !(tab === 'moved' && isEmpty()), title: titles[tab] });
  if (known && known.refused) failed(known.refused);
  if (known || answers.has(key) || !engine || !told.final || (tab === 'moved' && isEmpty())) return;
  const asks = tab === 'moved' ? { compare: { scenarios: [scenario, WHAT_IF] } } : tab === 'drives' ? { sensitivity: { scenario } } : { seek: { scenario, so_that: goal } };
  answers.set(key, null);
  // What is dropped before it has begun may be asked again.
  for (const [other, found] of answers) if (found === null && other !== key) answers.delete(other);
  engine.drop('question');
  const whole = request('question', QUESTION_PATHS, asks);
  if (tab === 'moved') {
    whole.texts = [...data.texts, [WHAT_IF, `extends = ${JSON.stringify(scenario)}\ntitle = "Your changes"\n${toToml(data, state.changes)}`]];
    whole.recipe.changes.set = [];
  }
  engine.ask(whole, 2, 'question').then(({ answer }) => {
    answers.set(key, answer);
    if (state.tab === tab) render();
  }, stopped);
}

let told600 = 0;
function announce() {
  clearTimeout(told600);
  told600 = setTimeout(() => { at('spoken').textContent = at('headline').textContent; }, 600);
}

function stopped(error) {
  failed(`The engine has stopped: ${error.message}. Open the page again; your changes are in its address.`);
}

let resting = 0;
/** After every change: few paths at once; all of them when the hand is off. */
function moved(released) {
  round += 1;
  if (engine) engine.drop('final');
  if (!isChanged() && released) {
    Object.assign(told, { now: clean(against().told), final: true, round, changes: clean(state.changes), parts: null });
    failed('');
    render();
    return;
  }
  panel.render(state);
  view.diff(state, data);
  live();
  if (released) { clearTimeout(resting); const own = round; resting = setTimeout(() => { if (own === round) whole(); }, 120); }
}

function begin() {
  if (!gesture) gesture = clean(state.changes);
}

function end() {
  const before = gesture;
  gesture = null;
  if (!before || !remember(state, before)) return;
  location.hash = toHash(data.sliders, state.changes);
  moved(true);
}

function jump(act) {
  begin();
  act();
  end();
  render();
}

at('groups').addEventListener('input', (event) => {
  const slider = of(hit(event).dataset.address);
  if (hit(event).type !== 'range') return;
  begin();
  let value = rounded(Number(hit(event).value), slider.step);
  if (Math.abs(Number(hit(event).value) - slider.at) < 0.75 * slider.step) value = slider.at;
  set(state, slider, value);
  moved(false);
});
at('groups').addEventListener('change', (event) => {
  if (hit(event).type === 'range') { end(); render(); return; }
  const slider = of(hit(event).dataset.address);
  const value = read(slider, hit(event).value);
  const fits = value >= slider.bounds[0] && value <= slider.bounds[1];
  failed(fits ? '' : `${slider.label}: write a number from ${slider.bounds[0]} to ${slider.bounds[1]}, such as ${slider.prefix}${slider.at}${slider.suffix}`);
  hit(event).setAttribute('aria-invalid', String(!fits));
  if (fits) jump(() => set(state, slider, value));
});
at('groups').addEventListener('keydown', (event) => {
  if (hit(event).type !== 'range') return;
  const slider = of(hit(event).dataset.address);
  const value = slider.address in state.changes ? state.changes[slider.address] : slider.at;
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
  const ends = { Home: slider.low, End: slider.high }[event.key];
  if (steps === undefined && ends === undefined) return;
  event.preventDefault();
  begin();
  set(state, slider, ends === undefined ? rounded(value + steps * slider.step, slider.step / 10) : ends);
  moved(false);
  clearTimeout(panel.keys);
  panel.keys = setTimeout(() => { end(); render(); }, 400);
});
at('groups').addEventListener('click', (event) => {
  if (!hit(event).classList.contains('reset')) return;
  const slider = of(hit(event).dataset.address);
  jump(() => set(state, slider, slider.at));
  panel.rows.get(slider.address).range.focus();
});
at('search').addEventListener('input', (event) => { state.search = hit(event).value; panel.render(state); });
at('changedonly').addEventListener('change', (event) => { state.changedOnly = hit(event).checked; panel.render(state); });

function travel(from, to) {
  if (!step(state, from, to)) return;
  location.replace(toHash(data.sliders, state.changes) || '#');
  moved(true);
  render();
}
at('undo').addEventListener('click', () => travel('past', 'future'));
at('redo').addEventListener('click', () => travel('future', 'past'));
at('reset').addEventListener('click', () => jump(() => { state.changes = {}; }));
at('print').addEventListener('click', () => window.print());
document.addEventListener('keydown', (event) => {
  const typing = hit(event).matches('input[type=text], input[type=search], textarea, select');
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing) {
    event.preventDefault();
    if (event.shiftKey) travel('future', 'past'); else travel('past', 'future');
  }
  if (event.key.toLowerCase() === 'b' && !typing && !event.ctrlKey && !event.metaKey && !showBase) { showBase = true; render(); }
});
document.addEventListener('keyup', (event) => { if (event.key.toLowerCase() === 'b' && showBase) { showBase = false; render(); } });
window.addEventListener('hashchange', () => {
  const changes = fromHash(data.sliders, location.hash);
  if (JSON.stringify(changes) === JSON.stringify(state.changes)) return;
  remember(state, state.changes);
  state.changes = changes;
  moved(true);
  render();
});

at('pin').addEventListener('click', () => {
  if (state.pins.length >= MOST_PINS || !told.final) { say('Wait until the numbers are final.'); return; }
  state.pins.push({ name: `Pin ${state.pins.length + 1}`, changes: clean(state.changes), told: clean(told.now) });
  view.pins(state, data, told.base);
  render();
  say(`${state.pins[state.pins.length - 1].name} holds these settings.`);
});
document.addEventListener('click', (event) => {
  const { load, drop } = hit(event).dataset || {};
  if (load !== undefined) jump(() => { state.changes = clean(state.pins[Number(load)].changes); });
  if (drop !== undefined) {
    state.pins.splice(Number(drop), 1);
    state.against = -1;
    told.base = data.baseline;
    view.pins(state, data, told.base);
    moved(true);
    render();
  }
});
at('against').addEventListener('change', (event) => {
  state.against = Number(hit(event).value);
  told.base = against().told;
  moved(true);
  render();
});

for (const [name] of view.TABS) {
  at(`tab-${name}`).addEventListener('click', () => show(name));
}
at('tabs').addEventListener('keydown', (event) => {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move) return;
  const names = view.TABS.map(([name]) => name);
  const next = names[(names.indexOf(state.tab) + move + names.length) % names.length];
  show(next);
  at(`tab-${next}`).focus();
});
function show(name) {
  state.tab = name;
  at('goalform').hidden = name !== 'true';
  render();
  if (view.CHARTS.includes(name)) chartOf(name);
}
at('goalform').addEventListener('submit', (event) => { event.preventDefault(); failed(''); render(); });
at('scale').addEventListener('click', () => {
  log = !log;
  at('scale').textContent = log ? 'Linear scale' : 'Log scale';
  render();
});
at('fan').addEventListener('pointermove', (event) => {
  if (!fan.x) return;
  const box = at('fan').getBoundingClientRect();
  const [first, last] = fan.years;
  const found = Math.min(last, Math.max(first, fan.x(event.clientX - box.left)));
  if (found !== year) { year = found; render(); }
});
at('fan').addEventListener('keydown', (event) => {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move || !fan.years) return;
  event.preventDefault();
  year = Math.min(fan.years[1], Math.max(fan.years[0], year + move));
  render();
});

let saying = 0;
function say(words) { at('spoken').textContent = words; at('note').textContent = words; clearTimeout(saying); saying = setTimeout(() => { at('note').textContent = ''; }, 4000); }
function copy(text, what) {
  const kept = () => { save(text, what === 'TOML diff' ? 'diff.toml' : 'command.txt'); };
  if (!navigator.clipboard) { kept(); return; }
  navigator.clipboard.writeText(text).then(() => say(`Copied the ${what}.`), kept);
}
function save(text, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(`Saved ${name}.`);
}
at('copytoml').addEventListener('click', () => copy(at('toml').textContent, 'TOML diff'));
at('copycommand').addEventListener('click', () => copy(at('command').textContent, 'command'));
at('savetoml').addEventListener('click', () => save(at('toml').textContent, 'diff.toml'));
at('apply').addEventListener('click', () => {
  const { changes, unknown, other } = fromToml(data, at('paste').value);
  if (unknown.length) { at('pasted').textContent = `Nothing was applied. Not understood: ${unknown.join(' | ')}`; return; }
  at('pasted').textContent = `${Object.keys(changes).length} changes applied.${other ? ' They were made for another version of the scenario, so they may mean something else here.' : ''}`;
  jump(() => { state.changes = changes; });
});
let width = 0;
window.addEventListener('resize', () => { if (window.innerWidth !== width) { width = window.innerWidth; render(); } });
at('sheet').addEventListener('click', () => {
  const open = document.body.classList.toggle('folded');
  at('sheet').setAttribute('aria-expanded', String(!open));
});

document.body.classList.add('script');
render();
view.pins(state, data, told.base);
engine = new Pool(at('worker').textContent, at('engine').textContent, () => {
  document.body.classList.add('ready');
  at('waiting').hidden = true;
  for (const it of at('groups').querySelectorAll('input')) it.disabled = false;
  if (isChanged()) { moved(true); }
  render();
}, (why) => {
  engine = null;
  at('waiting').hidden = true;
  at('blocked').hidden = false;
  at('blockedwhy').textContent = why;
});
for (const it of at('groups').querySelectorAll('input')) it.disabled = true;
// For those who want to look inside: frame times, and the tables of what is shown.
Object.assign(window, { whatIf: {
  frames,
  told,
  table: async (name) => {
    const { answer } = await engine.ask(request({ run: { tables: [name] } }, data.paths), 1, 'table');
    return answer.run.tables[name];
  },
} });
