/** The arguments of `npm start`, and the settings in its help and in docs/settings.md. */
import { readFile } from "node:fs/promises";
import { isHelpRequested, startHelp } from "@pareidolia/launcher/startHelp";
import { expect, it } from "vitest";

const readSettings = () => readFile(new URL("../../../docs/settings.md", import.meta.url), "utf8");

it("npm start recognises a request for help", () => {
  expect(isHelpRequested(["--help"])).toBe(true);
  expect(isHelpRequested(["-h"])).toBe(true);
  expect(isHelpRequested([])).toBe(false);
});

it("npm start rejects an unknown argument and prints the help", () => {
  expect(() => isHelpRequested(["--port", "4000"])).toThrow(/"--port".*PORT=3000/s);
});

it("the help lists only settings that docs/settings.md documents", async () => {
  const settings = await readSettings();
  const named = [...startHelp.matchAll(/^ {2}([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(settings).toContain(`\`${name}\``);
});

it("docs/settings.md has every setting once", async () => {
  const settings = await readSettings();
  const table = settings.slice(0, settings.indexOf("`npm start` sets these"));
  const names = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual([...new Set(names)]);
});
