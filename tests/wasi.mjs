// Runs a WebAssembly program in Node's WASI: node wasi.mjs PROGRAM [ARGUMENT]..., in the current folder.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [program, ...args] = process.argv.slice(2);
// The current folder is the only one that the program sees; relative paths are looked up in it.
const wasi = new WASI({ version: "preview1", args: ["aigap", ...args], preopens: { ".": "." }, returnOnExit: true });
const imports = { wasi_snapshot_preview1: wasi.wasiImport };
const { instance } = await WebAssembly.instantiate(await readFile(program), imports);
process.exitCode = wasi.start(instance);
