/**
 * Adds a user with a workspace of their own to the running system of the browser tests, which has only one workspace otherwise. Their
 * password is the one of the account at OWNER_EMAIL. Usage: addOutsider.ts HOME OWNER_EMAIL EMAIL
 */
import { findRunningPostgres } from "@pareidolia/launcher/postgres/embeddedPostgres";
import { openDatabase } from "@pareidolia/persistence/server/database/database";

const [home = "", ownerEmail = "", email = ""] = process.argv.slice(2);
const url = findRunningPostgres(home);
if (url === null) throw new Error(`No database is running for ${home}.`);
const database = await openDatabase(url);
try {
  await database.transaction(async ({ connection }) => {
    const owner = await connection.account.findFirstOrThrow({ where: { user: { email: ownerEmail } } });
    await connection.user.create({ data: { id: "user_outsider", name: "outsider", email, emailVerified: true } });
    await connection.workspace.create({ data: { id: "workspace_other", name: "Other Lab", slug: "other" } });
    await connection.membership.create({
      data: { id: "membership_outsider", workspaceId: "workspace_other", userId: "user_outsider", role: "OWNER" },
    });
    await connection.account.create({
      data: {
        id: "account_outsider",
        userId: "user_outsider",
        accountId: "user_outsider",
        providerId: "credential",
        password: owner.password,
      },
    });
  });
} finally {
  await database.close();
}
