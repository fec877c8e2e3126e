/** `npm run store`: checks, repairs and cleans up the object store and sets its quotas, whether the system is running or stopped. */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { runOnDatabase } from "./postgres/runOnDatabase.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

const terminal = openTerminal(process.stdout);

const usage = `npm run store -- check                   read every object and compare it with its hash, and every figure with the rows that it is of
npm run store -- repair                  render lost images again from their genomes, read lost sample photographs
                                         again, and set damaged files aside
npm run store -- repair --from FOLDER    also restore lost objects from a copy of the objects folder
npm run store -- adopt                   use this object store from now on, for example after a move
npm run store -- clean-up                remove unused rows and objects whose grace period is over
npm run store -- clean-up --dry-run      count them without removing anything
npm run store -- quota                   list how much each workspace stores and computes, and its limits
npm run store -- quota --workspace NAME --gigabytes 50
                                         set the storage quota of one workspace, by its short name
npm run store -- quota --workspace NAME --default
                                         use the default again (PAREIDOLIA_STORAGE_QUOTA_GB)
npm run store -- quota --workspace NAME --runs 4
                                         compute at most 4 of its runs at once; "unlimited" for any number
npm run store -- quota --workspace NAME --share 2
                                         give it twice the computing time of a workspace with a share of 1`;

/** The options of each action. */
const actions: Readonly<Record<string, readonly string[]>> = {
  check: [],
  repair: ["from"],
  adopt: [],
  "clean-up": ["dry-run"],
  quota: ["workspace", "gigabytes", "default", "runs", "share"],
};

function requireAction(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: {
      from: { type: "string" },
      "dry-run": { type: "boolean" },
      workspace: { type: "string" },
      gigabytes: { type: "string" },
      default: { type: "boolean" },
      runs: { type: "string" },
      share: { type: "string" },
    },
  });
  const [action, ...more] = positionals;
  const allowed = actions[action ?? ""];
  const isKnown = more.length === 0 && allowed !== undefined && Object.keys(values).every((name) => allowed.includes(name));
  const hasFolder = values.from === undefined || typeof values.from === "string";
  if (!isKnown || !hasFolder) throw new AppError("INVALID_INPUT", `Choose an action.\n\n${usage}`);
}

await runEntry(async (signal) => {
  requireAction();
  const settings = readSettings(process.env);
  const { root, home } = settings;
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: false });
  return runOnDatabase(settings, {
    script: path.join(root, "workers/dist/storeCommand.js"),
    args: process.argv.slice(2),
    // A relative --from path is resolved against this folder.
    cwd: process.env["INIT_CWD"] ?? root,
    say: terminal.say,
    signal,
  });
});
