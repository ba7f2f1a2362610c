// What the answer looks like: headline, tiles, tabs, read-out, table, pins, diff. One function a part.
import { settings } from './state.js';
import { shown } from './format.js';
import { toToml } from './toml.js';

export const TABS = [
  ['ratio', 'Ratio'], ['gap', 'Dollar gap'], ['funding', 'Funding'], ['deals', 'Deals'], ['probability', 'Probabilities'],
  ['distribution', 'Last year'], ['moved', 'What moved it'], ['drives', 'What drives it'], ['true', 'What it would take'], ['pins', 'Pins'],
];
/** Tabs whose chart is drawn by the engine as on the command line. */
export const CHARTS = ['funding', 'deals', 'probability', 'distribution'];

/** An element of the page, of whatever kind. @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

function node(name, words, attributes = {}) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  it.textContent = words;
  return it;
}

/** SVG of our own engine, which has escaped every text in it. */
export function picture(holder, svg) {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed.tagName !== 'svg') { holder.replaceChildren(node('p', 'This chart could not be drawn.')); return; }
  parsed.removeAttribute('width');
  parsed.removeAttribute('height');
  holder.replaceChildren(document.importNode(parsed, true));
}

export function headline({ now, base, changed, final }) {
  at('headline').textContent = changed && now.changes ? now.changes : now.title;
  at('finding').textContent = changed ? now.title : at('finding').dataset.unchanged;
  document.body.classList.toggle('moving', !final);
  at('runline').textContent = `${final ? '' : '≈ '}${now.paths.toLocaleString('en-US')} paths · seed ${now.seed} · same random numbers as the baseline · ${at('runline').dataset.version}`;
  const tiles = now.tiles.map(([value, label, detail], place) => {
    const tile = node('div', '', { class: 'tile' });
    const first = node('p', '', { class: 'value' });
    first.append(node('b', (final || value.startsWith('≈') ? '' : '≈') + value));
    const was = base && base.tiles[place];
    if (changed && was) first.append(node('span', ` baseline ${was[0]}`, { class: 'was' }));
    tile.append(first, node('p', label, { class: 'label' }), node('p', detail, { class: 'detail' }));
    return tile;
  });
  at('tiles').replaceChildren(...tiles);
}

export function tabs(state) {
  for (const [name] of TABS) {
    const tab = at(`tab-${name}`);
    const on = name === state.tab;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  const live = state.tab === 'ratio' || state.tab === 'gap';
  at('view').setAttribute('aria-labelledby', `tab-${state.tab}`);
  at('live').hidden = !live;
  at('chart').hidden = !CHARTS.includes(state.tab);
  at('asked').hidden = !['moved', 'drives', 'true'].includes(state.tab);
  at('pinned').hidden = state.tab !== 'pins';
  at('scale').hidden = state.tab !== 'ratio';
}

export function readOut({ now, base, what, year, changed }) {
  const place = what === 'ratio' ? 0 : 1;
  const of = (fan) => fan.years.find((it) => it.year === year);
  const own = of(now);
  if (!own) return;
  const seen = !own[what] && own.observed;
  const was = changed && base && of(base);
  at('readout').replaceChildren(node('b', String(year)), ` ${seen ? 'observed' : changed ? 'what-if' : 'scenario'} ${own.words[place]}`,
    ...(was && !seen ? [node('span', `baseline ${was.words[place]}`, { class: 'was' })] : []));
}

export function table({ now, base, changed }) {
  const head = ['Year', `${now.of} ratio (80%)`, 'Gap (80%)', ...(changed ? ['Baseline ratio', 'Baseline gap'] : [])];
  const rows = now.years.filter((it) => it.observed || it.ratio || it.gap).map((it) => {
    const was = base.years.find((other) => other.year === it.year);
    const row = document.createElement('tr');
    row.append(node('th', String(it.year), { scope: 'row' }), ...[...it.words, ...(changed && was ? was.words : [])].map((words) => node('td', words)));
    return row;
  });
  const [thead, tbody, top] = ['thead', 'tbody', 'tr'].map((name) => document.createElement(name));
  top.append(...head.map((words) => node('th', words, { scope: 'col' })));
  thead.append(top);
  tbody.append(...rows);
  at('numbers').replaceChildren(thead, tbody);
}

export function asked({ answer, waiting, title }) {
  const parts = [node('p', title, { class: 'hint' })];
  if (waiting) parts.push(node('p', 'Asking the paths …', { class: 'waiting' }));
  if (answer) {
    parts.push(...answer.sentences.map((words) => node('p', words)));
    for (const svg of answer.charts) {
      const holder = node('div', '', { class: 'picture' });
      picture(holder, svg);
      parts.push(holder);
    }
    for (const [head, rows] of answer.tables) {
      const grid = document.createElement('table');
      const top = document.createElement('tr');
      top.append(...head.map((words) => node('th', words, { scope: 'col' })));
      grid.append(top);
      for (const cells of rows) {
        const row = document.createElement('tr');
        row.append(...cells.map((words, place) => (place ? node('td', words) : node('th', words, { scope: 'row' }))));
        grid.append(row);
      }
      const scroll = node('div', '', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of answers' });
      scroll.append(grid);
      parts.push(scroll);
    }
    parts.push(...answer.basis.map((words) => node('p', words, { class: 'hint' })));
  }
  at('asked').replaceChildren(...parts);
}

export function pins(state, data, base) {
  const chip = (pin, place) => {
    const it = node('span', '', { class: 'chip' });
    const load = node('button', pin.name, { type: 'button', 'data-load': String(place) });
    const drop = node('button', '×', { type: 'button', 'data-drop': String(place), 'aria-label': `Remove ${pin.name}` });
    it.append(load, drop);
    return it;
  };
  at('chips').replaceChildren(...state.pins.map(chip));
  const options = [node('option', 'the scenario', { value: '-1' }), ...state.pins.map((pin, place) => node('option', pin.name, { value: String(place) }))];
  at('against').replaceChildren(...options);
  at('against').value = String(state.against);
  const rows = [['Scenario as it is', data.baseline, {}], ...state.pins.map((pin) => [pin.name, pin.told, pin.changes])];
  const head = document.createElement('tr');
  head.append(...['', ...base.tiles.map((it) => it[1]), 'Changes'].map((words) => node('th', words, { scope: 'col' })));
  const body = rows.map(([name, told, changes]) => {
    const row = document.createElement('tr');
    const changed = data.sliders.filter((it) => it.address in changes).map((it) => `${it.label} ${shown(it, changes[it.address])}`);
    row.append(node('th', name, { scope: 'row' }), ...told.tiles.map((it) => node('td', it[0])), node('td', changed.join('; ') || 'none'));
    return row;
  });
  at('pintable').replaceChildren(head, ...body);
  document.body.classList.toggle('pinned', state.pins.length > 0);
  at('nopins').hidden = state.pins.length > 0;
}

export function diff(state, data) {
  const changed = Object.keys(state.changes).length;
  at('changedcount').textContent = `${changed} of ${data.sliders.length} changed`;
  at('toml').textContent = toToml(data, state.changes);
  const sets = settings(data.sliders, state.changes).map((it) => ` --set "${it}"`).join('');
  at('command').textContent = data.command + sets;
  at('undo').disabled = state.past.length === 0;
  at('redo').disabled = state.future.length === 0;
  at('reset').disabled = changed === 0;
  at('pin').disabled = state.pins.length >= 3 || changed === 0;
}
