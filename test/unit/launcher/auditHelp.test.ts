/** `npm run audit -- --help` prints its usage, as the other commands do, and measures nothing. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const script = path.resolve(import.meta.dirname, "../../../apps/launcher/src/audit.ts");
const audit = (option: string) => spawnSync(process.execPath, ["--conditions=source", script, option], { encoding: "utf8" });

it("prints the options that audit has", () => {
  for (const option of ["--help", "-h"]) {
    const { status, stdout } = audit(option);
    expect(stdout).toMatch(/^npm run audit .*--full.*--json/s);
    expect(status).toBe(0);
  }
});

it("an unknown option is refused with the usage", () => {
  const { status, stderr } = audit("--halp");
  expect(stderr).toContain("Unknown option.");
  expect(status).toBe(1);
});
