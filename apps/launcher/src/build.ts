/** `npm run build`: builds what `npm start` builds, without starting anything. */
import path from "node:path";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

await runEntry(async (signal) => {
  const { root, home } = readSettings(process.env);
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal: openTerminal(process.stdout), signal, web: true });
  return 0;
});
