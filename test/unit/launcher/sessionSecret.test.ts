import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSessionSecret } from "@pareidolia/launcher/home/sessionSecret";
import { afterEach, beforeEach, expect, it } from "vitest";

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "pareidolia-secret-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("the secret is generated once, and only its owner may read the file", async () => {
  const first = await readSessionSecret(home, undefined);
  expect(first.length).toBeGreaterThanOrEqual(43);
  expect(statSync(path.join(home, "secret")).mode & 0o777).toBe(0o600);
  expect(await readSessionSecret(home, "")).toBe(first);
});

it("a secret of the environment is used instead, and not written", async () => {
  expect(await readSessionSecret(home, "given by the administrator, long enough")).toBe("given by the administrator, long enough");
  expect(() => readFileSync(path.join(home, "secret"))).toThrow("ENOENT");
});

it("a file that was cut off is not used", async () => {
  writeFileSync(path.join(home, "secret"), "short");
  await expect(readSessionSecret(home, undefined)).rejects.toThrow("delete the file and start again");
});
