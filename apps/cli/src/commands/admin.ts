/** `pareidolia admin`: members, invitations, keys, quotas and the audit log of the workspace, for owners. */

import { successOf } from "@pareidolia/client/errors";
import { formatByteSize } from "@pareidolia/core/byteSize";
import type { Command } from "commander";
import { Argument } from "commander";
import {
  changeMemberRole,
  type InvitationRow,
  invitations,
  type KeyRevoked,
  type KeyRow,
  keys,
  type MemberChanged,
  type MemberRow,
  members,
  type PageOf,
  type QuotasRead,
  quotas,
  removeMember,
  restoreMember,
  revokeInvitation,
  revokeKey,
  suspendMember,
} from "../adminDocuments.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { formatCount, formatPercent, formatTime } from "../output/numbers.ts";
import { type Column, drawTable } from "../output/table.ts";
import { readAll } from "../readAll.ts";
import { addAudit } from "./adminAudit.ts";

const roles = ["owner", "researcher", "labeller", "viewer"];
const sent = ({ terminal }: Context) => ({ signal: terminal.signal });

async function printRows<Row>(context: Context, rows: readonly Row[], columns: readonly Column<Row>[], none: string): Promise<void> {
  await context.print({ json: rows, text: () => (rows.length === 0 ? `${none}\n` : drawTable(rows, columns, context.tableWidth)) });
}

function readMembers(context: Context): Promise<MemberRow[]> {
  return readAll(async (after) => (await context.client.query<{ members: PageOf<MemberRow> }>(members, { after }, sent(context))).members);
}

/** By e-mail address, name or ID. */
async function findMember(context: Context, wanted: string): Promise<MemberRow> {
  const found = (await readMembers(context)).filter(
    ({ id, email, user }) => id === wanted || email.toLowerCase() === wanted.toLowerCase() || user.name === wanted,
  );
  const [member] = found;
  if (member === undefined)
    throw new CliError("notFound", `No member has the address or name ${wanted}. \`pareidolia admin members\` lists them.`);
  if (found.length > 1) throw new CliError("conflict", `${found.length} members have the name ${wanted}. Give the e-mail address.`);
  return member;
}

const memberColumns: readonly Column<MemberRow>[] = [
  { title: "E-mail", value: ({ email }) => email },
  { title: "Name", value: ({ user }) => user.name },
  { title: "Role", value: ({ role, suspendedAt }) => role.toLowerCase() + (suspendedAt === null ? "" : ", suspended") },
  { title: "Active", value: ({ lastActiveAt }) => formatTime(lastActiveAt) },
  { title: "Keys", value: ({ keyCount }) => (keyCount === null ? "-" : formatCount(keyCount)), isNumber: true },
];

function readInvitations(context: Context): Promise<readonly InvitationRow[]> {
  return context.client
    .query<{ invitations: readonly InvitationRow[] }>(invitations, {}, sent(context))
    .then((answer) => answer.invitations);
}

/** A change of one member, with what to say afterwards. */
const changeMember =
  (document: string, said: string, more: (args: readonly string[]) => object = () => ({})) =>
  async (context: Context, _options: object, wanted = "", ...args: string[]): Promise<void> => {
    const { id } = await findMember(context, wanted);
    const input = { memberId: id, ...more(args) };
    const { member } = successOf((await context.client.mutate<MemberChanged>(document, { input }, sent(context))).result);
    await context.print({ json: member, text: () => `${member.email} is ${said.replace("ROLE", member.role.toLowerCase())}.\n` });
  };

async function endInvitation(context: Context, _options: object, email = ""): Promise<void> {
  const found = (await readInvitations(context)).find((each) => each.id === email || each.email === email.toLowerCase());
  if (found === undefined) throw new CliError("notFound", `${email} has no open invitation.`);
  type Revoked = { readonly result: { readonly __typename: string } };
  successOf((await context.client.mutate<Revoked>(revokeInvitation, { input: { invitationId: found.id } }, sent(context))).result);
  await context.print({ json: found, text: () => `The invitation of ${found.email} is revoked.\n` });
}

function readKeys(context: Context, valid: boolean | null): Promise<KeyRow[]> {
  return readAll(async (after) => (await context.client.query<{ apiKeys: PageOf<KeyRow> }>(keys, { valid, after }, sent(context))).apiKeys);
}

async function endKey(context: Context, _options: object, prefix = ""): Promise<void> {
  const found = (await readKeys(context, true)).filter(
    (key) => key.id === prefix || (prefix.length >= 8 && key.prefix.startsWith(prefix.slice(0, 10))),
  );
  const [key] = found;
  if (key === undefined || found.length > 1)
    throw new CliError(
      "notFound",
      `No valid key, or more than one, starts with ${prefix}. \`pareidolia admin keys\` lists them with their first characters.`,
    );
  const { apiKey } = successOf((await context.client.mutate<KeyRevoked>(revokeKey, { input: { apiKeyId: key.id } }, sent(context))).result);
  await context.print({ json: apiKey, text: () => `The key ${apiKey.prefix}… (${apiKey.name}) is revoked.\n` });
}

const shares = ["models", "photos", "uploads", "pending", "releases", "exports"] as const;

async function showQuotas(context: Context): Promise<void> {
  const { quotas: read } = await context.client.query<QuotasRead>(quotas, {}, sent(context));
  const limited = [
    { name: "storage", ...read.storage, format: formatByteSize },
    { name: "sent in 24 hours", ...read.sent, format: formatByteSize },
    { name: "pending uploads", ...read.pendingUploads, format: formatCount },
    { name: "runs at once", used: read.runs.running, limit: read.runs.limit, format: formatCount },
  ];
  await context.print({
    json: read,
    text: () =>
      `${drawTable(
        limited,
        [
          { title: "Quota", value: ({ name }) => name },
          { title: "Used", value: ({ used, format }) => format(used), isNumber: true },
          { title: "Limit", value: ({ limit, format }) => (limit === null ? "none" : format(limit)), isNumber: true },
          {
            title: "Share",
            value: ({ used, limit }) => (limit === null ? "" : formatPercent(limit === 0 ? 1 : used / limit)),
            isNumber: true,
          },
        ],
        context.tableWidth,
      )}\nshare of the workers: ${formatCount(read.runs.share)}\n\n${drawTable(
        shares.map((name) => ({ name, ...read[name] })),
        [
          { title: "Storage of", value: ({ name }) => name },
          { title: "Files", value: ({ count }) => formatCount(count), isNumber: true },
          { title: "Size", value: ({ byteLength }) => formatByteSize(byteLength), isNumber: true },
        ],
        context.tableWidth,
      )}`,
  });
}

export function addAdmin(program: Command, host: CommandHost): void {
  const { run } = host;
  const parent = program.command("admin").description("Manage members, invitations, keys and quotas, and read the audit log.");
  const member = (): Argument => new Argument("<member>", "e-mail address or name");
  parent
    .command("members")
    .description("List the members.")
    .action(run(async (context) => printRows(context, await readMembers(context), memberColumns, "No members.")));
  parent
    .command("role")
    .description("Change the role of a member.")
    .addArgument(member())
    .addArgument(new Argument("<role>", "new role").choices(roles))
    .addHelpText("after", examples("admin role grace@lab.example researcher"))
    .action(run(changeMember(changeMemberRole, "now ROLE", ([role = ""]) => ({ role: role.toUpperCase() }))));
  parent
    .command("suspend")
    .description("Suspend a member.")
    .addArgument(member())
    .action(run(changeMember(suspendMember, "suspended")));
  parent
    .command("restore")
    .description("Restore a suspended member.")
    .addArgument(member())
    .action(run(changeMember(restoreMember, "a member again")));
  parent
    .command("remove")
    .description("Remove a member.")
    .addArgument(member())
    .action(run(changeMember(removeMember, "removed")));
  parent
    .command("invitations")
    .description("List open invitations.")
    .action(
      run(async (context) =>
        printRows(
          context,
          await readInvitations(context),
          [
            { title: "E-mail", value: ({ email }) => email },
            { title: "Role", value: ({ role }) => role.toLowerCase() },
            { title: "Invited by", value: ({ invitedBy }) => invitedBy?.name ?? "-" },
            { title: "Expires", value: ({ expiresAt }) => formatTime(expiresAt) },
          ],
          "No invitation is open.",
        ),
      ),
    );
  parent
    .command("revoke-invitation")
    .description("Revoke an open invitation.")
    .argument("<email>", "e-mail address")
    .action(run(endInvitation));
  parent
    .command("keys")
    .description("List API keys: owners see those of all members.")
    .option("--all", "list revoked and expired keys, too")
    .action(
      run<{ readonly all?: boolean }>(async (context, { all }) =>
        printRows(
          context,
          await readKeys(context, all === true ? null : true),
          [
            { title: "Key", value: ({ prefix }) => `${prefix}…` },
            { title: "Name", value: ({ name }) => name },
            { title: "Owner", value: ({ user }) => user?.name ?? "-" },
            { title: "Scopes", value: ({ scopes }) => scopes.join(",").toLowerCase() },
            { title: "Last used", value: ({ lastUsedAt }) => formatTime(lastUsedAt) },
            { title: "Expires", value: ({ expiresAt, revokedAt }) => (revokedAt === null ? formatTime(expiresAt) : "revoked") },
          ],
          "No keys.",
        ),
      ),
    );
  parent
    .command("revoke-key")
    .description("Revoke an API key.")
    .argument("<prefix>", "its first characters, such as pdl_AbC123")
    .action(run(endKey));
  parent.command("quotas").description("Show what the workspace uses of its quotas.").action(run(showQuotas));
  addAudit(parent, host);
}
