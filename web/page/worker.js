// The engine in a worker: gets its bytes once, then answers one request after the other.
let engine = null;

/** Imports that a dependency declares and nothing calls. */
function unused(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = imports[from] || {};
    imports[from][name] = () => { throw new Error('the engine called ' + name); };
  }
  return imports;
}

/** Asks the engine: text in, text out. */
function ask(text) {
  const words = new TextEncoder().encode(text);
  const place = engine.alloc(words.length);
  new Uint8Array(engine.memory.buffer, place, words.length).set(words);
  const answer = engine.call(place, words.length);
  const length = engine.length();
  const said = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, answer, length));
  engine.free(place, words.length);
  engine.free(answer, length);
  return said;
}

self.onmessage = async ({ data }) => {
  try {
    if (data.bytes) {
      const module = await WebAssembly.compile(data.bytes);
      engine = (await WebAssembly.instantiate(module, unused(module))).exports;
      self.postMessage({ ready: true });
      return;
    }
    const start = performance.now();
    const said = ask(data.text);
    self.postMessage({ id: data.id, said, took: performance.now() - start });
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error && error.message || error) });
  }
};
