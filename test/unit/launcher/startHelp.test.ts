/** What `npm start` takes, and that its help and the README name the same settings. */
import { readFile } from "node:fs/promises";
import { isHelpAsked, startHelp } from "@pareidolia/launcher/startHelp";
import { expect, it } from "vitest";

const readReadme = () => readFile(new URL("../../../README.md", import.meta.url), "utf8");

it("prints help when asked, and starts when nothing is asked", () => {
  expect(isHelpAsked(["--help"])).toBe(true);
  expect(isHelpAsked(["-h"])).toBe(true);
  expect(isHelpAsked([])).toBe(false);
});

it("refuses an argument that a start does not take, with its help", () => {
  expect(() => isHelpAsked(["--port", "4000"])).toThrow(/"--port".*PORT=3000/s);
});

it("tells every setting that its help names as the README does", async () => {
  const readme = await readReadme();
  const named = [...startHelp.matchAll(/^ {2}([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(readme).toContain(`\`${name}\``);
});

it("finds every setting of the README once", async () => {
  const readme = await readReadme();
  const table = readme.slice(readme.indexOf("## Settings"), readme.indexOf("`npm start` sets these"));
  const names = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...new Set(names)]);
});
