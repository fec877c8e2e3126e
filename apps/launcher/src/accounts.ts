/** `npm run accounts`: what only the operator of the server may do to an account, whether the system is running or stopped. */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { runOnDatabase } from "./postgres/runOnDatabase.ts";
import { prepareBuild } from "./prepare/prepareBuild.ts";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";
import { openTerminal } from "./terminal.ts";

const usage = `npm run accounts -- remove-second-factor EMAIL    for a person who lost the authenticator app and the backup codes`;

const terminal = openTerminal(process.stdout);

function readEmail(): string {
  const [action, email, ...more] = process.argv.slice(2);
  if (action === "remove-second-factor" && email?.includes("@") === true && more.length === 0) return email;
  throw new AppError("INVALID_INPUT", `Choose an action.\n\n${usage}`);
}

await runEntry(async (signal) => {
  const email = readEmail();
  const settings = readSettings(process.env);
  const { root, home } = settings;
  await prepareBuild({ root, logFolder: path.join(home, "logs"), terminal, signal, web: false });
  return runOnDatabase(settings, {
    script: path.join(root, "apps/launcher/src/accounts/removeSecondFactor.ts"),
    args: [email],
    cwd: root,
    say: terminal.say,
    signal,
  });
});
