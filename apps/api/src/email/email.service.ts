/** Reads the e-mails of the workspace, and sends those again that did not reach the mail server. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { sendAgain } from "@pareidolia/persistence/workspace/emails/emailWork";
import { countEmails, type EmailRecord, findEmails, listEmails } from "@pareidolia/persistence/workspace/emails/readEmails";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { limitEmails } from "./limitEmails.ts";

const byCreation: CursorShape = { name: "emails.createdAt", values: ["time", "text"] };
const field = "input.emailId";

/** The link of an invitation works for any reader: an owner could use it after losing the role, and a program after its key is revoked. */
function withoutLink<Row extends EmailRecord | null>(email: Row): Row {
  return email === null ? email : { ...email, text: email.text.replaceAll(/\/join\/[\w-]+/g, "/join/…") };
}

export class EmailService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(EmailRecord | null)[]> {
    return policy.only(actor, "email:read", await findEmails(this.#database.connection, ids)).map(withoutLink);
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<EmailRecord>> {
    const scope = policy.scope(actor, "email:read");
    const page = await listEmails(this.#database.connection, scope, readPage(args, byCreation));
    return toConnection(
      { ...page, rows: page.rows.map((placed) => ({ ...placed, node: withoutLink(placed.node) })) },
      byCreation,
      counterOf(this.#database, (request) => countEmails(request, scope)),
    );
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN; CONFLICT for one that is sent or still waiting; RATE_LIMITED. */
  async sendAgain(actor: Actor, reference: string): Promise<EmailRecord> {
    const id = parseIdOf("Email", reference, field);
    const email = await this.#get(actor, id);
    policy.require(actor, "email:sendAgain", email);
    await limitEmails(this.#database, { workspaceId: actor.workspaceId, senderId: actor.userId, to: email.to });
    await this.#database.transaction(async ({ connection }) => {
      if (!(await sendAgain(connection, id)))
        throw new AppError("CONFLICT", "This e-mail is sent already, or still waiting. Write to the person again instead.", { field });
      const { to, subject } = email;
      const change = { action: "email:sendAgain", subjectType: "Email", subjectId: id, before: null, after: { to, subject } };
      await appendAuditEntry(connection, actor, change);
    });
    return this.#get(actor, id);
  }

  async #get(actor: Actor, id: string): Promise<EmailRecord> {
    const [email] = await this.load(actor, [id]);
    if (email == null) throw new AppError("NOT_FOUND", "There is no such e-mail.", { field });
    return email;
  }
}
