/**
 * Program of trials.test.ts: builds trials in a context that has the language and nothing else, like a browser's without its DOM: no
 * process, no module of Node, no clock or randomness but the language's own, which throw here. Reads `[{ design, seed, voter }]` as JSON
 * from standard input and prints the canonical text of each voter's trials, one a line. Needs --experimental-vm-modules.
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const context = vm.createContext({});
vm.runInContext(
  `Math.random = () => { throw new Error("random"); };
   Date.now = () => { throw new Error("clock"); };`,
  context,
);
const loaded = new Map<string, vm.SourceTextModule>();

function load(specifier: string, parent: string): vm.SourceTextModule {
  const url = specifier.startsWith(".") ? new URL(specifier, parent).href : import.meta.resolve(specifier);
  if (url.startsWith("node:")) throw new Error(`${parent} imports ${specifier}.`);
  const known = loaded.get(url);
  if (known !== undefined) return known;
  const text = readFileSync(fileURLToPath(url), "utf8");
  const module = new vm.SourceTextModule(url.endsWith(".ts") ? stripTypeScriptTypes(text) : text, { context, identifier: url });
  loaded.set(url, module);
  return module;
}

async function open(specifier: string): Promise<Readonly<Record<string, unknown>>> {
  const module = load(specifier, import.meta.url);
  if (module.status === "unlinked") await module.link((wanted, { identifier }) => load(wanted, identifier));
  await module.evaluate();
  return module.namespace as Readonly<Record<string, unknown>>;
}

const { buildTrials } = await open("@pareidolia/perception/trials/buildTrials");
const { canonicalJson } = await open("@pareidolia/core/canonicalJson");
const print = vm.runInContext(
  "(build, text, requests) => JSON.parse(requests).map(({ design, ...address }) => text(build(design, address)) + '\\n').join('')",
  context,
) as (...values: unknown[]) => string;
process.stdout.write(print(buildTrials, canonicalJson, readFileSync(0, "utf8")));
