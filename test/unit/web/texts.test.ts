/** Pages are for people who have only a browser: they name no command of ours. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../../apps/web/src");
/** How to verify a downloaded release, for readers who have a copy of Pareidolia. */
const forReadersOfReleases = "features/releases/releaseTexts.ts";

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");

it("no page names a command of ours", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("generated/"));
  expect(files.length).toBeGreaterThan(500);
  const naming = files.filter((file) => /\bnpm (run|start|test)\b/.test(withoutComments(readFileSync(path.join(folder, file), "utf8"))));
  expect(naming).toEqual([forReadersOfReleases]);
});
