// Rules for the script of the what-if page; the checker itself is installed with the tests of the page.
import { createRequire } from 'node:module';

const js = createRequire(new URL('../tests/browser/package.json', import.meta.url))('@eslint/js');
const names = [
  'atob', 'Blob', 'clearTimeout', 'DecompressionStream', 'document', 'DOMParser', 'location', 'navigator', 'performance', 'postMessage',
  'requestAnimationFrame', 'Response', 'self', 'setTimeout', 'TextDecoder', 'TextEncoder', 'URL', 'WebAssembly', 'window', 'Worker',
];
const globals = Object.fromEntries(names.map((name) => [name, 'readonly']));

export default [js.configs.recommended, { languageOptions: { globals } }];
