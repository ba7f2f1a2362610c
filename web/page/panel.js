// The panel of assumptions: a slider, a box for the number, what it was, and the reason beside it.
import { shown } from './format.js';

function make(name, attributes, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in it && typeof value !== 'string') it[key] = value;
    else it.setAttribute(key, value);
  }
  it.append(...children.filter((child) => child !== null));
  return it;
}

export class Panel {
  /** Builds every slider once, by group. */
  constructor(holder, sliders) {
    this.rows = new Map();
    // When the last key was pressed: a timer.
    this.keys = 0;
    this.groups = [];
    for (const name of [...new Set(sliders.map((it) => it.group))]) {
      const own = sliders.filter((it) => it.group === name);
      const count = make('span', { class: 'count' });
      const body = make('div', { class: 'sliders' });
      const open = name === 'Growth' || name === 'Events' || own.length <= 4;
      const group = make('details', { class: 'group', open }, make('summary', {}, make('h3', {}, name), count), body);
      for (const it of own) body.append(this.row(it));
      holder.append(group);
      this.groups.push({ group, own, count });
    }
    this.nothing = make('p', { class: 'nothing', hidden: true }, 'No assumption of this name.');
    holder.append(this.nothing);
  }

  row(slider) {
    const id = `in-${slider.address.replace(/[^a-z0-9]+/gi, '-')}`;
    const range = make('input', {
      type: 'range', id, min: String(slider.low), max: String(slider.high), step: 'any', 'data-address': slider.address,
    });
    const box = make('input', { type: 'text', class: 'box', inputmode: 'text', autocomplete: 'off', 'aria-label': `${slider.label}, value`, 'data-address': slider.address });
    const reset = make('button', { type: 'button', class: 'reset', 'data-address': slider.address, 'aria-label': `Reset ${slider.label}` }, 'Reset');
    const was = make('span', { class: 'was' });
    const pin = make('span', { class: 'pin', 'aria-hidden': 'true' });
    const fill = make('span', { class: 'fill', 'aria-hidden': 'true' });
    const why = make('details', { class: 'why' },
      make('summary', { 'aria-label': `Why: ${slider.label}` }, slider.role === 'lever' ? 'A decision; why' : 'Why'),
      make('p', {}, slider.why || 'No reason is given.'),
      make('p', {}, `In the scenario: ${slider.value}. Unit: ${slider.unit}.${slider.uncertain ? ' The slider moves the median and keeps the spread.' : ''}`),
      make('p', { class: 'source' }, slider.source ? `Source: ${slider.source}` : 'No source is given.'),
      make('p', { class: 'source' }, make('code', {}, slider.address)));
    const row = make('div', { class: 'row' },
      make('div', { class: 'names' }, make('label', { for: id }, slider.label), box, make('div', { class: 'before' }, was, reset)),
      make('div', { class: 'track' }, fill, pin, range),
      make('div', { class: 'ends' }, make('span', { 'aria-hidden': 'true' }, shown(slider, slider.low)), why, make('span', { 'aria-hidden': 'true' }, shown(slider, slider.high))));
    this.rows.set(slider.address, { slider, row, range, box, was, reset, pin, fill });
    return row;
  }

  /** Shows the values, and only what is searched for. */
  render(state) {
    const words = state.search.trim().toLowerCase();
    let found = 0;
    for (const { slider, row, range, box, was, reset, pin, fill } of this.rows.values()) {
      const changed = slider.address in state.changes;
      const value = changed ? state.changes[slider.address] : slider.at;
      const low = Math.min(slider.low, value);
      const high = Math.max(slider.high, value);
      if (Number(range.min) !== low) range.min = low;
      if (Number(range.max) !== high) range.max = high;
      if (Number(range.value) !== value) range.value = value;
      range.setAttribute('aria-valuetext', changed ? `${shown(slider, value)}, baseline ${shown(slider, slider.at)}` : shown(slider, value));
      if (document.activeElement !== box) box.value = shown(slider, value);
      was.textContent = changed ? `was ${shown(slider, slider.at)}` : '';
      reset.hidden = !changed;
      row.classList.toggle('changed', changed);
      const share = (at) => (high > low ? (at - low) / (high - low) : 0);
      // The thumb of 20 pixels stays within the track.
      const place = (at) => `calc(${100 * share(at)}% + ${10 - 20 * share(at)}px)`;
      pin.style.left = place(slider.at);
      fill.style.left = place(Math.min(value, slider.at));
      fill.style.right = `calc(100% - (${place(Math.max(value, slider.at)).slice(5, -1)}))`;
      const matches = !words || `${slider.label} ${slider.address} ${slider.group}`.toLowerCase().includes(words);
      row.hidden = !matches || (state.changedOnly && !changed);
      found += row.hidden ? 0 : 1;
    }
    for (const { group, own, count } of this.groups) {
      const changed = own.filter((it) => it.address in state.changes).length;
      const seen = own.filter((it) => !this.rows.get(it.address).row.hidden).length;
      count.textContent = `${own.length} ${own.length === 1 ? 'input' : 'inputs'}${changed ? `, ${changed} changed` : ''}`;
      group.hidden = seen === 0;
      if (seen && (words || state.changedOnly)) group.open = true;
    }
    this.nothing.hidden = found > 0;
    this.nothing.textContent = state.changedOnly && !words ? 'Nothing is changed.' : 'No assumption of this name.';
  }
}
