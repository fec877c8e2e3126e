/**
 * Compiles the kernel to a module with base64 text, which Node, bundlers and browsers load in the same way, without a separate .wasm
 * file. The same compiler produces the same bytes; `--check` compares them with the committed module.
 */
import { readFile, writeFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

const source = new URL("cppnKernel.ts", import.meta.url);
const target = new URL("../src/cppn/kernelBytes.ts", import.meta.url);

/** Functions of the innermost loops. */
const inlined = ["splat", "atMost", "atLeast", "sine", "decay", "sigmoid", "gaussian", "linear"];

async function compile() {
  // The decorator `@inline` is specific to AssemblyScript; linters and formatters cannot parse it.
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
  if (error !== null || bytes === undefined) throw new Error("Could not compile the kernel.", { cause: error });
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
  if (!current) console.error("src/cppn/kernelBytes.ts does not match kernel/cppnKernel.ts. Run npm run kernel -w packages/encodings");
  process.exitCode = current ? 0 : 1;
} else await writeFile(target, module);
