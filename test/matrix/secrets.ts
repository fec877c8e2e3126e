/**
 * Texts that only some senders may see: e-mail addresses, names of people, messages of operators, properties of private networks, and the
 * hashes and tokens that no response shows. Every GraphQL response of the matrix is searched for them, whatever the request was about.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { encodeGlobalId, type NodeType } from "@pareidolia/api/globalId/globalId";
import type { Action } from "@pareidolia/api/policy/actions";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { withoutTriggers } from "../support/postgresServer.ts";
import type { Person } from "./people.ts";
import { permits } from "./permits.ts";
import type { Things } from "./things.ts";

export interface Secret {
  readonly what: string;
  readonly text: string;
  maySee(person: Person): boolean;
}

/** Members with one of the permissions. */
function forMembers(workspaceId: string, ...actions: readonly Action[]): Secret["maySee"] {
  return (person) =>
    person.visiting === undefined &&
    person.role !== null &&
    person.home === workspaceId &&
    actions.some((action) => permits(person, action));
}

const forNoSender: Secret["maySee"] = () => false;

function localId(globalId: string): string {
  const text = Buffer.from(globalId, "base64url").toString();
  return text.slice(text.indexOf(":") + 1);
}

interface Planted {
  readonly connection: Connection;
  readonly ownerUrl: string;
}

/** Writes texts that can be recognised into the columns that some senders may not see. */
async function plant({ connection, ownerUrl }: Planted, { workspaceId, nodes, tenClassModel }: Things): Promise<Secret[]> {
  const textOf = (what: string): string => `${what} of ${workspaceId} (secret)`;
  const run = { where: { id: localId(nodes.Run) } };
  const { manifest } = await connection.run.findUniqueOrThrow(run);
  await connection.run.update({
    ...run,
    data: {
      failure: textOf("failure"),
      workerId: "worker",
      manifest: { ...(manifest as object), code: [textOf("code version")] },
    },
  });
  await connection.run.updateMany({ where: { workspaceId, outage: { not: null } }, data: { outage: textOf("outage") } });
  for (const id of [nodes.Model, tenClassModel].map(localId)) {
    const report = { format: textOf("report") };
    await connection.model.update({ where: { id }, data: { report, testError: 0.25, byteLength: 1000 } });
    const texts = [textOf("description"), textOf("licence"), textOf("source"), `https://lab.example/${workspaceId}/secret.onnx`];
    const statement = "UPDATE models SET description = $2, licence = $3, source = $4, url = $5 WHERE id = $1";
    await withoutTriggers(ownerUrl, statement, [id, ...texts]);
  }
  await connection.photo.update({ where: { id: localId(nodes.Photo) }, data: { name: textOf("photo") } });
  const readable = (action: Action, ...whats: readonly string[]): Secret[] =>
    whats.map((what) => ({ what, text: textOf(what), maySee: forMembers(workspaceId, action) }));
  return [
    ...readable("run:read", "failure", "outage", "code version"),
    ...readable("model:read", "description", "licence", "source", "report"),
    { what: "address of a network", text: `lab.example/${workspaceId}/`, maySee: forMembers(workspaceId, "model:read") },
    ...readable("photo:read", "photo"),
  ];
}

/** Names and addresses of the people of a workspace. */
async function readPeople(connection: Connection, workspaceId: string): Promise<Secret[]> {
  const where = { memberships: { some: { workspaceId } } };
  const users = await connection.user.findMany({ where, include: { memberships: { select: { workspaceId: true } } } });
  const secrets: Secret[] = [];
  for (const { id, email, memberships } of users) {
    const name = `Name of ${id} (secret)`;
    await connection.user.update({ where: { id }, data: { name } });
    const forColleagues = (actions: readonly Action[]) => (person: Person) =>
      person.userId === id || memberships.some((membership) => forMembers(membership.workspaceId, ...actions)(person));
    secrets.push({ what: `name of ${id}`, text: name, maySee: forColleagues(["user:read", "member:read", "auditEntry:read"]) });
    secrets.push({ what: `address of ${id}`, text: email, maySee: forColleagues(["member:read", "auditEntry:read"]) });
  }
  for (const { email } of await connection.invitation.findMany({ where: { workspaceId } })) {
    const maySee = forMembers(workspaceId, "invitation:read", "email:read", "auditEntry:read");
    secrets.push({ what: "invited address", text: email, maySee });
  }
  const removed = workspaceId === "elsewhere" ? "removed_elsewhere" : "removed_here";
  const text = `${removed}@pareidolia.example`;
  secrets.push({ what: "address of a removed member", text, maySee: forMembers(workspaceId, "auditEntry:read", "member:undoRemove") });
  return secrets;
}

/** The IDs of rows that only members see, or visitors of what is shared, too. */
async function readIds(connection: Connection, { workspaceId, nodes }: Things): Promise<Secret[]> {
  const where = { where: { workspaceId }, select: { id: true } } as const;
  const tables: readonly (readonly [NodeType, readonly { readonly id: string }[], boolean])[] = [
    ["Analysis", await connection.analysis.findMany(where), false],
    ["Email", await connection.email.findMany(where), false],
    ["Invitation", await connection.invitation.findMany(where), false],
    ["Member", await connection.membership.findMany({ ...where, where: { workspaceId, userId: { not: "researcher" } } }), false],
    ["Model", [{ id: localId(nodes.Model) }], false],
    ["Photo", await connection.photo.findMany(where), false],
    ["Run", await connection.run.findMany(where), true],
  ];
  const isMember = ({ visiting, role, home }: Person): boolean => visiting === undefined && role !== null && home === workspaceId;
  return tables.flatMap(([type, rows, isShared]) =>
    rows.map(({ id }) => ({
      what: `ID of ${type} ${id}`,
      text: encodeGlobalId(type, id),
      maySee: (person) => isMember(person) || (isShared && person.visiting !== undefined && person.home === workspaceId),
    })),
  );
}

/** What no response shows. */
async function readUnshown(connection: Connection): Promise<Secret[]> {
  const [keys, sessions, accounts, invitations, voters] = await Promise.all([
    connection.apiKey.findMany(),
    connection.session.findMany(),
    connection.account.findMany(),
    connection.invitation.findMany(),
    connection.studyVoter.findMany(),
  ]);
  const texts: (readonly [string, string | null])[] = [
    ...keys.map(({ secretHash }) => ["hash of an API key", secretHash] as const),
    ...sessions.map(({ token }) => ["token of a session", token] as const),
    ...accounts.map(({ password }) => ["hash of a password", password] as const),
    ...invitations.flatMap(({ tokenHash, mailedTokenHash }) =>
      [tokenHash, mailedTokenHash].map((hash) => ["hash of an invitation's token", hash] as const),
    ),
    ...voters.flatMap(({ sessionHash, withdrawalHash }) =>
      [sessionHash, withdrawalHash].map((hash) => ["hash of a voter's secret", hash] as const),
    ),
  ];
  return texts.flatMap(([what, text]) => (text === null ? [] : [{ what, text, maySee: forNoSender }]));
}

/** Before the world is closed to changes. `shareToken` is that of the second workspace's experiment. */
export async function collectSecrets(
  { connection, ownerUrl }: Planted,
  all: readonly Things[],
  shared: Things,
  shareToken: string,
): Promise<Secret[]> {
  const planted: Secret[] = [];
  for (const things of all)
    planted.push(
      ...(await plant({ connection, ownerUrl }, things)),
      ...(await readPeople(connection, things.workspaceId)),
      ...(await readIds(connection, things)),
    );
  const forLink = forMembers(shared.workspaceId, "shareLink:read");
  const link: Secret = { what: "share link", text: shareToken, maySee: (person) => person.visiting === "unlisted" || forLink(person) };
  return [...planted, link, ...(await readUnshown(connection))];
}

const seen = new AsyncLocalStorage<Set<string>>();

/** Which secrets a response shows to a sender who may not see them. */
export function findSecrets(secrets: readonly Secret[], person: Person, response: string): readonly string[] {
  return secrets.flatMap(({ what, text, maySee }) => (response.includes(text) && !maySee(person) ? [what] : []));
}

/** Notes the secrets of a response for `watchingSecrets`. */
export function noteSecrets(found: readonly string[]): void {
  const noted = seen.getStore();
  for (const what of found) noted?.add(what);
}

/** Runs `work`, and returns the secrets that its responses showed to a sender who may not see them. */
export async function watchingSecrets<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly shown: readonly string[] }> {
  const found = new Set<string>();
  const result = await seen.run(found, work);
  return { result, shown: [...found] };
}
