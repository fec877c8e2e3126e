/** Reads links from the e-mails that the API has written to its outbox. */
import type { Database } from "@pareidolia/persistence/server/database/database";

const maxWait = 10_000;

/** The token of the link in the latest e-mail to an address, as it would be sent. Waits for an e-mail that is written after a response. */
export async function readSentToken(
  { connection }: Pick<Database, "connection">,
  to: string,
  page: "join" | "reset" | "verify",
): Promise<string> {
  for (const deadline = performance.now() + maxWait; ; ) {
    const emails = await connection.email.findMany({ where: { to }, orderBy: { createdAt: "desc" } });
    const found = emails.flatMap(({ sealedText }) => new RegExp(`/${page}/([\\w-]+)`).exec(sealedText ?? "")?.[1] ?? [])[0];
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`No e-mail to ${to} has a link to /${page}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
