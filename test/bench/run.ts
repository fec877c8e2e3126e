/** `npm run bench -- ROW...`. Builds first, as P1 needs the generated database client, which a fresh clone does not have. */
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
  const { measure } = await import("./measure.ts");
  return measure();
});
