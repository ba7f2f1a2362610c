// The changes as TOML that `--with` takes, and back.
import { digits, read, shown, written } from './format.js';

/** The changes as a pack: addresses with their values, and what they were. */
export function toToml(data, changes) {
  const changed = data.sliders.filter((it) => it.address in changes);
  const lines = [`# ${data.version} · ${data.scenario} sha256 ${data.sha256.slice(0, 12)} · seed ${data.seed} · ${data.paths} paths`];
  const line = (it) => {
    const value = changes[it.address];
    const bare = it.prefix === '' && it.suffix === '';
    return `${it.key}.median = ${bare ? digits(value) : JSON.stringify(written(it, value))}  # was ${shown(it, it.at)}`;
  };
  for (const it of changed.filter((it) => it.key && !it.table)) lines.push(line(it));
  const tables = [...new Set(changed.filter((it) => it.table).map((it) => it.table))];
  for (const table of tables) {
    lines.push('', table, ...changed.filter((it) => it.table === table).map(line));
  }
  for (const it of changed.filter((it) => !it.key)) {
    lines.push(`# not in a pack: --set "${it.address}.median=${written(it, changes[it.address])}"`);
  }
  return lines.join('\n') + '\n';
}

/** The changes in a text; what is not understood is listed, and then nothing is to be applied. */
export function fromToml(data, text) {
  const changes = {};
  const unknown = [];
  let table = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const set = /^# not in a pack: --set "(.*)\.median=(.*)"$/.exec(line);
    if (set) {
      take(data.sliders.find((it) => it.address === set[1]), set[2], line);
      continue;
    }
    if (line === '' || line.startsWith('#')) continue;
    if (/^\[\[.*\]\]$/.test(line)) { table = line; continue; }
    if (/^name\s*=/.test(line) && table.startsWith('[[')) { table = table.split('\n')[0] + '\n' + line; continue; }
    const found = /^(\S+)\.median\s*=\s*("[^"]*"|[^\s#]+)\s*(#.*)?$/.exec(line);
    const slider = found && data.sliders.find((it) => it.key === found[1] && (it.table || '') === table);
    take(slider, found ? found[2].replace(/^"|"$/g, '') : '', line);
  }
  const known = /sha256 ([0-9a-f]{12})/.exec(text);
  const other = Boolean(known) && known[1] !== data.sha256.slice(0, 12);
  return { changes, unknown, other };

  function take(slider, words, line) {
    const value = slider ? read(slider, words) : NaN;
    const fits = slider && value >= slider.bounds[0] && value <= slider.bounds[1];
    if (!fits) unknown.push(line);
    else if (value !== slider.at) changes[slider.address] = value;
  }
}
