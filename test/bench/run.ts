/**
 * `npm run bench -- ROW...`. Builds first, then measures the compiled packages in a process of its own: npm scripts run the sources, which
 * Node cannot for the API, whose classes have decorators.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { runCommand } from "@pareidolia/lab/runCommand";
import { prepareBuild } from "@pareidolia/launcher/prepare/prepareBuild";
import { readSettings } from "@pareidolia/launcher/settings";
import { openTerminal } from "@pareidolia/launcher/terminal";

await runCommand(async () => {
  const { root, home } = readSettings(process.env);
  const options = {
    root,
    logFolder: path.join(home, "logs"),
    terminal: openTerminal(process.stderr),
    signal: new AbortController().signal,
    web: false,
  };
  await prepareBuild(options);
  const entry = path.join(import.meta.dirname, "measureCompiled.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", entry, ...process.argv.slice(2)], { stdio: "inherit" });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code === 2) process.exit(code);
  return { holds: code === 0 };
});
