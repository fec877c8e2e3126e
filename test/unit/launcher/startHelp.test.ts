/** The arguments of `npm start`, and the settings in its help and the README. */
import { readFile } from "node:fs/promises";
import { isHelpRequested, startHelp } from "@pareidolia/launcher/startHelp";
import { expect, it } from "vitest";

const readReadme = () => readFile(new URL("../../../README.md", import.meta.url), "utf8");

it("npm start recognises a request for help", () => {
  expect(isHelpRequested(["--help"])).toBe(true);
  expect(isHelpRequested(["-h"])).toBe(true);
  expect(isHelpRequested([])).toBe(false);
});

it("npm start rejects an unknown argument and prints the help", () => {
  expect(() => isHelpRequested(["--port", "4000"])).toThrow(/"--port".*PORT=3000/s);
});

it("the help lists only settings that the README documents", async () => {
  const readme = await readReadme();
  const named = [...startHelp.matchAll(/^ {2}([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(readme).toContain(`\`${name}\``);
});

it("the README's table has every setting once", async () => {
  const readme = await readReadme();
  const table = readme.slice(readme.indexOf("## Settings"), readme.indexOf("`npm start` sets these"));
  const names = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...new Set(names)]);
});
