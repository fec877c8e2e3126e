/** What `npm start -- --help` prints. The README's table has all settings. */
import { AppError } from "@pareidolia/core/appError";

export const startHelp = `npm start [-- --help]

Installs what is missing, builds what changed, starts PostgreSQL, API, web application and worker, and prints one address to open.
Ctrl-C stops everything; runs go on from their last checkpoint at the next start.

Settings come from the environment; none is needed. The most used ones:
  PORT=3000                    where the web application listens, on this machine only
  PAREIDOLIA_HOME=.pareidolia  the one folder of data
  PAREIDOLIA_CACHE=FOLDER      models, data sets and photographs that are there already
  PAREIDOLIA_DEMO=off          starts without demo runs
  PAREIDOLIA_ENGINE=NAME       what runs the networks; npm run engines lists what loads here
  DATABASE_URL=URL             a PostgreSQL of yours
README.md lists all of them.`;

/** True where help is asked for. @throws AppError INVALID_INPUT for anything else: a start takes no arguments. */
export function isHelpAsked(args: readonly string[]): boolean {
  const strange = args.find((arg) => arg !== "--help" && arg !== "-h");
  if (strange !== undefined)
    throw new AppError("INVALID_INPUT", `A start takes no "${strange}": settings come from the environment.\n\n${startHelp}`);
  return args.length > 0;
}
