/** Requests of programs for an API key whose code has expired. The program requests another code. */
import { Prisma } from "../../generated/client.ts";
import { rowCleanUp } from "../../server/cleanUps/rowCleanUp.ts";

export const deviceLogins = rowCleanUp({
  kind: "device-logins",
  title: "Expired codes of programs",
  graceSeconds: 60 * 60,
  table: Prisma.sql`device_logins`,
  unused: Prisma.sql`t.expires_at < now()`,
  since: Prisma.sql`t.expires_at`,
});
