/**
 * Applies the import rules of `.dependency-cruiser.mjs` to the whole repository. dependency-cruiser reports no violations if it finds no
 * modules, so the number of modules is checked first.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { captureTool } from "./runTool.ts";

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { from: string; to: string; rule: { name: string }; cycle?: readonly { name: string }[] }[];
  };
}

const rooms = ["packages", "apps", "workers", "test"];

export async function checkArrows(root: string, signal: AbortSignal): Promise<void> {
  const args = [
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "json",
    ...rooms.filter((room) => existsSync(path.join(root, room))),
  ];
  const { output } = await captureTool({ root, program: ["dependency-cruiser", "bin/dependency-cruiser.mjs"], args, signal });
  if (!output.startsWith("{")) throw new Error(output);
  const { totalCruised, violations } = (JSON.parse(output) as Cruise).summary;
  if (totalCruised < 3) throw new Error(`dependency-cruiser read only ${totalCruised} modules. It cannot find the sources.`);
  if (violations.length === 0) return;
  throw new Error(
    violations
      .map(({ rule, from, to, cycle }) => `${rule.name}: ${from} -> ${cycle?.map(({ name }) => name).join(" -> ") ?? to}`)
      .join("\n"),
  );
}
