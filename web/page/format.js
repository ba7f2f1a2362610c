// Numbers as the reader writes them, and the text that sets an input to one.

/** A number rounded to a step, without the digits of binary fractions. */
export function rounded(value, step) {
  const digits = Math.max(0, Math.min(9, Math.ceil(-Math.log10(step) + 1)));
  return Number((Math.round(value / step) * step).toFixed(digits));
}

/** A number in plain digits: 0.0000001 is not written as 1e-7. */
export function digits(value) {
  const text = String(value);
  return /e/.test(text) ? value.toFixed(9).replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** The value of a slider as a scenario writes it: `12%`, `$20m`, `2027`. */
export function written(slider, value) {
  return slider.prefix + digits(value) + slider.suffix;
}

/** The value of a slider as a page shows it, with a true minus sign. */
export function shown(slider, value) {
  const sign = value < 0 ? '−' : '';
  return sign + slider.prefix + digits(Math.abs(value)) + slider.suffix;
}

/** The number in what a reader typed for a slider; NaN if there is none. */
export function read(slider, text) {
  let words = text.trim().replace(/[−–]/g, '-').replace(/,/g, '');
  if (slider.suffix && words.endsWith(slider.suffix)) words = words.slice(0, -slider.suffix.length);
  if (slider.prefix) words = words.replace(slider.prefix, '');
  words = words.trim();
  return words === '' ? NaN : Number(words);
}
