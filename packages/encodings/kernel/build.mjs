/**
 * Compiles the kernel and writes it as base64 into a module, so that Node, bundlers and browsers load it alike, without a file
 * of its own. The same compiler gives the same bytes; `--check` says whether the committed module is what it would write.
 */
import { readFile, writeFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

const source = new URL("cppnKernel.ts", import.meta.url);
const target = new URL("../src/cppn/kernelBytes.ts", import.meta.url);

/** What stands in the innermost loops. */
const inlined = ["splat", "atMost", "atLeast", "sine", "decay", "sigmoid", "gaussian", "linear"];

async function compile() {
  // `@inline` is AssemblyScript's own, and nothing that other tools of the house can read.
  const text = (await readFile(source, "utf8")).replaceAll(
    new RegExp(`^function (?=(${inlined.join("|")})\\()`, "gm"),
    "@inline\nfunction ",
  );
  const files = { "cppnKernel.ts": text };
  let bytes;
  const { error } = await asc.main(
    ["cppnKernel.ts", "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd,bulk-memory", "--outFile", "kernel.wasm"],
    {
      readFile: (name) => files[name] ?? null,
      writeFile: (name, contents) => {
        if (name === "kernel.wasm") bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || bytes === undefined) throw new Error("The kernel does not compile.", { cause: error });
  return bytes;
}

const base64 = Buffer.from(await compile()).toString("base64");
const lines = base64.match(/.{1,120}/g).map((line) => `  "${line}",`);
const module = `/** kernel/cppnKernel.ts, compiled by \`npm run kernel -w packages/encodings\`. WebAssembly in base64; do not edit. */
export const kernelBytes = [
${lines.join("\n")}
].join("");
`;

if (process.argv.includes("--check")) {
  const current = (await readFile(target, "utf8")) === module;
  if (!current) console.error("src/cppn/kernelBytes.ts is not what kernel/cppnKernel.ts compiles to: npm run kernel -w packages/encodings");
  process.exitCode = current ? 0 : 1;
} else await writeFile(target, module);
