// The live fan: bands of the what-if, the baseline as dashed lines, observed years; with a read-out of one year.

const NS = 'http://www.w3.org/2000/svg';

function element(name, attributes, parent) {
  const it = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  if (parent) parent.appendChild(it);
  return it;
}

/** Ends of the values to be shown. */
function ends(fans, what, place) {
  const values = [];
  for (const fan of fans) {
    for (const year of fan.years) {
      if (year.observed) values.push(year.observed[place]);
      if (year[what]) values.push(year[what][0], year[what][4]);
    }
  }
  return [Math.min(...values), Math.max(...values)];
}

/** Round numbers on an axis. */
export function ticks(low, high, log) {
  if (log) {
    const all = [];
    for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power += 1) {
      for (const first of [1, 3]) all.push(Number((first * 10 ** power).toPrecision(2)));
    }
    const inside = all.filter((it) => it >= low && it <= high);
    return inside.length > 7 ? inside.filter((it) => Number.isInteger(Math.round(1e6 * Math.log10(it)) / 1e6)) : inside;
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((it) => it * power).find((it) => it >= rough);
  const all = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) all.push(Number(at.toPrecision(12)));
  return all;
}

/** A number on the axis. */
function label(value, what, unit) {
  const size = Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: 9 });
  if (what === 'ratio') return `${size}×`;
  const sign = value < 0 ? '−' : '';
  const currency = /^[^a-z]*/.exec(unit)[0];
  return value === 0 ? `${currency}0` : `${sign}${currency}${size}bn`;
}

export class Fan {
  constructor(holder) {
    this.holder = holder;
    this.domain = { ratio: null, gap: null };
  }

  /** Draws. While a slider moves the scale may only grow, so that the eye sees what moves. */
  draw({ now, base, what, log, moving, year }) {
    const width = Math.max(280, this.holder.clientWidth);
    const wide = width >= 620;
    const height = wide ? 380 : width < 420 ? 226 : 250;
    const place = what === 'ratio' ? 0 : 1;
    const isLog = log && what === 'ratio';
    let [low, high] = ends(base ? [now, base] : [now], what, place);
    if (!Number.isFinite(low) || !Number.isFinite(high)) { this.holder.replaceChildren(); return; }
    const before = this.domain[what + isLog];
    if (moving && before) { low = Math.min(low, before[0]); high = Math.max(high, before[1]); }
    if (isLog) low = Math.min(low, 1);
    else if (low > 0) low = 0;
    this.domain[what + isLog] = [low, high];
    if (isLog) { low /= 1.15; high *= 1.15; } else { const room = 0.04 * (high - low); high += room; low -= low < 0 ? room : 0; }
    const margin = { left: 62, right: wide ? 150 : 22, top: 14, bottom: 30 };
    const years = now.years.filter((it) => it.observed || it[what]).map((it) => it.year);
    const [first, last] = [years[0], years[years.length - 1]];
    const x = (at) => margin.left + (at - first) / (last - first) * (width - margin.left - margin.right);
    const scale = isLog ? Math.log10 : (it) => it;
    const y = (value) => {
      const share = (scale(Math.max(value, isLog ? low : -Infinity)) - scale(low)) / (scale(high) - scale(low));
      return height - margin.bottom - share * (height - margin.top - margin.bottom);
    };
    const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    const right = width - margin.right;
    for (const value of ticks(low, high, isLog)) {
      element('line', { class: value === (what === 'ratio' ? 1 : 0) ? 'parity' : 'grid', x1: margin.left, x2: right, y1: y(value), y2: y(value) }, svg);
      element('text', { class: 'tick', x: margin.left - 8, y: y(value) + 4.5, 'text-anchor': 'end' }, svg).textContent = label(value, what, now.unit);
    }
    const every = Math.ceil(years.length / Math.max(2, Math.floor((right - margin.left) / 58)));
    for (const at of years.filter((it) => (last - it) % every === 0)) {
      element('text', { class: 'tick', x: x(at), y: height - 8, 'text-anchor': 'middle' }, svg).textContent = at;
    }
    const seen = now.years.filter((it) => it.observed);
    const start = seen[seen.length - 1];
    const simulated = now.years.filter((it) => it[what]);
    const base80 = base ? base.years.filter((it) => it[what]) : [];
    const from = (list) => (start ? [{ year: start.year, [what]: Array(5).fill(start.observed[place]) }, ...list.filter((it) => it.year > start.year)] : list);
    const band = (list, lower, upper, name) => {
      const points = [...list.map((it) => [it.year, it[what][upper]]), ...list.slice().reverse().map((it) => [it.year, it[what][lower]])];
      element('polygon', { class: name, points: points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ') }, svg);
    };
    const line = (list, which, name) => {
      element('polyline', { class: name, points: list.map((it) => `${x(it.year).toFixed(1)},${y(it[what][which]).toFixed(1)}`).join(' ') }, svg);
    };
    band(from(simulated), 0, 4, 'band80');
    band(from(simulated), 1, 3, 'band50');
    if (base) { line(from(base80), 0, 'base edge'); line(from(base80), 4, 'base edge'); line(from(base80), 2, 'base'); }
    line(from(simulated), 2, 'median');
    if (start) element('line', { class: 'start', x1: x(start.year), x2: x(start.year), y1: margin.top, y2: height - margin.bottom }, svg);
    element('polyline', { class: 'seen', points: seen.map((it) => `${x(it.year)},${y(it.observed[place])}`).join(' ') }, svg);
    for (const it of seen) element('circle', { class: 'dot', cx: x(it.year), cy: y(it.observed[place]), r: 4 }, svg);
    if (year !== null) element('line', { class: 'cursor', x1: x(year), x2: x(year), y1: margin.top, y2: height - margin.bottom }, svg);
    if (wide) this.ends(svg, { now: simulated, base: base80, what, place, y, right });
    this.x = (at) => Math.round(first + (at - margin.left) / (right - margin.left) * (last - first));
    this.years = [first, last];
    this.holder.replaceChildren(svg);
  }

  /** Names of both fans behind their ends, apart from each other. */
  ends(svg, { now, base, what, place, y, right }) {
    const said = (list, title, name) => {
      const end = list[list.length - 1];
      if (!end) return null;
      const [median, range] = end.words[place].split(/ \(|\)/);
      return { at: y(end[what][2]), title, name, median: `median ${median}`, range: range ? `80%: ${range}` : '' };
    };
    const labels = [said(now, base.length ? 'What-if' : 'Scenario', 'now'), base.length ? said(base, 'Baseline', 'was') : null].filter(Boolean);
    labels.sort((a, b) => a.at - b.at);
    for (const it of labels) it.at = Math.min(Math.max(it.at, 30), 320);
    if (labels.length === 2 && labels[1].at - labels[0].at < 62) {
      const middle = Math.min(Math.max((labels[0].at + labels[1].at) / 2, 61), 289);
      [labels[0].at, labels[1].at] = [middle - 31, middle + 31];
    }
    for (const it of labels) {
      const text = element('text', { class: `end ${it.name}`, x: right + 12, y: it.at - 10 }, svg);
      [it.title, it.median, it.range].forEach((words, line) => {
        element('tspan', { class: line === 0 ? 'title' : line === 2 ? 'range' : '', x: right + 12, dy: line ? 18 : 0 }, text).textContent = words;
      });
    }
  }
}
