// The state of the page in one object: changed inputs, what is shown, pins; with undo, and the address of the page.
import { read, written } from './format.js';

export const MOST_PINS = 3;

/** Everything that the reader can change. */
export function fresh() {
  return { changes: {}, tab: 'ratio', search: '', changedOnly: false, pins: [], against: -1, past: [], future: [] };
}

/** The settings of the command line for some changes, in the order of the sliders. */
export function settings(sliders, changes) {
  return sliders.filter((it) => it.address in changes).map((it) => `${it.address}.median=${written(it, changes[it.address])}`);
}

/** Sets an input; what is as in the scenario is no change. */
export function set(state, slider, value) {
  const bounded = Math.min(slider.bounds[1], Math.max(slider.bounds[0], value));
  if (bounded === slider.at) delete state.changes[slider.address];
  else state.changes[slider.address] = bounded;
}

/** Remembers how it was before a gesture. */
export function remember(state, before) {
  if (JSON.stringify(before) === JSON.stringify(state.changes)) return false;
  state.past.push(before);
  if (state.past.length > 200) state.past.shift();
  state.future = [];
  return true;
}

/** One step back or forward; false if there is none. */
export function step(state, from, to) {
  const changes = state[from].pop();
  if (!changes) return false;
  state[to].push(state.changes);
  state.changes = changes;
  return true;
}

/** The changes as the part of an address behind its `#`. */
export function toHash(sliders, changes) {
  const parts = sliders.filter((it) => it.address in changes).map((it) => `${it.address}=${changes[it.address]}`);
  return parts.length ? '#d=' + encodeURIComponent(parts.join(';')) : '';
}

/** The changes of an address; what it does not know is left out. */
export function fromHash(sliders, hash) {
  const changes = {};
  const found = /^#d=(.*)$/.exec(hash);
  if (!found) return changes;
  let text;
  try { text = decodeURIComponent(found[1]); } catch { return changes; }
  for (const part of text.split(';')) {
    const at = part.lastIndexOf('=');
    const slider = sliders.find((it) => it.address === part.slice(0, at));
    const value = slider ? read(slider, part.slice(at + 1)) : NaN;
    if (slider && Number.isFinite(value)) set({ changes }, slider, value);
  }
  return changes;
}
