/** The output of `npm start -- --help`. docs/settings.md has all of them. */
import { AppError } from "@pareidolia/core/appError";

export const startHelp = `npm start [-- --help]

Installs missing dependencies, builds what changed, starts PostgreSQL, API, web application and worker, and prints the URL to open.
The first start also prints a link that creates the owner account.
Ctrl-C stops everything. Runs resume from their last checkpoint at the next start.

Optional settings are environment variables. The most common:
  PORT=3000                    port of the web application, on this machine only
  PAREIDOLIA_HOME=.pareidolia  data folder
  PAREIDOLIA_CACHE=FOLDER      existing models, data sets and photographs
  PAREIDOLIA_SINGLE_USER=on    works alone on this machine, without accounts
  PAREIDOLIA_DEMO=off          starts without demo runs
  PAREIDOLIA_ENGINE=NAME       engine that runs the networks; npm run engines lists those available
  DATABASE_URL=URL             your own PostgreSQL
  DATABASE_OWNER_URL=URL       the same, as the user who owns the tables
docs/settings.md lists all settings.`;

/** True for --help or -h. @throws AppError INVALID_INPUT for any other argument. */
export function isHelpRequested(args: readonly string[]): boolean {
  const unknown = args.find((arg) => arg !== "--help" && arg !== "-h");
  if (unknown !== undefined)
    throw new AppError("INVALID_INPUT", `Unknown argument "${unknown}". Settings are environment variables.\n\n${startHelp}`);
  return args.length > 0;
}
