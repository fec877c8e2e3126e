/** A voter's trials are the same bytes in the browser as in a worker, since both run the same modules. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";
import { studyDesign } from "../support/studyDesigns.ts";

const packages = path.resolve(import.meta.dirname, "../../packages");
/** A folder of the system's address that the test serves itself. */
const folder = "/modules-of-the-test/";
const imports = Object.fromEntries(["core", "analysis", "perception"].map((name) => [`@pareidolia/${name}/`, `${folder}${name}/`]));

const phaseOf = (kind: Parameters<typeof resolveProtocol>[0], values: Record<string, unknown> = {}) => ({
  protocol: resolveProtocol(kind, values),
  timing: resolveParameters(timingSpecs, {}),
});
const designs = [
  studyDesign(48, { phases: [phaseOf("freeText"), phaseOf("alternatives", { alternatives: 48, arrangement: "eachVoter" })] }),
  studyDesign(20, { phases: [phaseOf("alternatives", { alternatives: 10, foils: "near" })] }),
  studyDesign(12, { phases: [phaseOf("reverse", { alternatives: 3, exemplars: 5 })], order: "random" }),
];

test("a browser builds the same trials as Node, byte for byte", async ({ page }) => {
  await page.route(`**${folder}**`, async (route) => {
    const [name = "", ...rest] = new URL(route.request().url()).pathname.slice(folder.length).split("/");
    if (name === "")
      return route.fulfill({ contentType: "text/html", body: `<script type="importmap">${JSON.stringify({ imports })}</script>` });
    const file = path.join(packages, name, "dist", rest.join("/").replace(/(\.js)?$/, ".js"));
    return route.fulfill({ contentType: "text/javascript", body: await readFile(file, "utf8") });
  });
  await page.goto(folder);
  for (const design of designs)
    for (const voter of [0, 7]) {
      const inBrowser = await page.evaluate(
        async ([given, index]) => {
          const load = (module: string) => import(`@pareidolia/${module}`);
          const { buildTrials: build } = await load("perception/trials/buildTrials");
          const { canonicalJson: print } = await load("core/canonicalJson");
          return print(build(given, { seed: 11, voter: index })) as string;
        },
        [design, voter] as const,
      );
      expect(inBrowser).toBe(canonicalJson(buildTrials(design, { seed: 11, voter })));
    }
});
