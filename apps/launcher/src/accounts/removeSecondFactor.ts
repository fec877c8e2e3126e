/** Removes the second factor of the account whose address is the argument. Runs in its own process: it imports the compiled packages. */
import { removeSecondFactor } from "@pareidolia/persistence/access/accounts/removeSecondFactor";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { runEntry } from "../runEntry.ts";

await runEntry(async () => {
  const email = process.argv[2] ?? "";
  const database = await openDatabase(process.env["DATABASE_URL"] ?? "", { secret: process.env["PAREIDOLIA_SECRET"] });
  try {
    await removeSecondFactor(database, email);
    console.log(`The second factor of ${email} is removed, and all sessions have ended. The password alone signs in now.`);
    return 0;
  } finally {
    await database.close();
  }
});
