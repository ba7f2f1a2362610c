// Asks the engine of the what-if page in Node: node whatif.mjs ENGINE < requests > answers, one JSON a line.
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = () => { throw new Error(`the engine called ${name}`); };
}
const engine = (await WebAssembly.instantiate(module, imports)).exports;
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const words = new TextEncoder().encode(line);
  const place = engine.alloc(words.length);
  new Uint8Array(engine.memory.buffer, place, words.length).set(words);
  const start = process.cpuUsage();
  const answer = engine.call(place, words.length);
  const took = process.cpuUsage(start).user / 1000;
  const length = engine.length();
  const said = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, answer, length));
  engine.free(place, words.length);
  engine.free(answer, length);
  console.log(said);
  if (process.env.TIMES) console.error(`${took.toFixed(1)} ms of CPU time, ${length} bytes, memory ${(engine.memory.buffer.byteLength / 1e6).toFixed(0)} MB`);
}
