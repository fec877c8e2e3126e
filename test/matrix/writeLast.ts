/** What is written once both workspaces are filled, because it concerns both. */
import { StudyShelf } from "@pareidolia/api/voting/studyShelf";
import { VotingService } from "@pareidolia/api/voting/voting.service";
import { readPlace } from "@pareidolia/persistence/lab/tracking/readChanges";
import { renumberRestoredLog } from "@pareidolia/persistence/lab/tracking/renumberRestoredLog";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { AccountsApi } from "../support/accounts.ts";
import { writeBulkQuery } from "./bulkQueries.ts";
import type { Person } from "./people.ts";
import { rowIdOf } from "./rowIdOf.ts";
import type { Filled, Things } from "./things.ts";

/** The two workspaces, each with its owner. */
interface Place {
  readonly things: Filled;
  readonly ownerId: string;
}

/** A member of one workspace has voted in the other, as former members have. */
async function voteElsewhere(api: AccountsApi, { things }: Place, userId: string): Promise<void> {
  const voting = new VotingService({ database: api.database, shelf: new StudyShelf(api.database), secret: null });
  const former = { userId, workspaceId: things.workspaceId, role: "OWNER" } as const;
  await voting.join(former, { study: things.nodes.Study, language: "en", consentVersion: 1 });
  const voter = { studyId: rowIdOf(things.nodes.Study), userId };
  await api.database.connection.studyVoter.updateMany({ where: voter, data: { finishedAt: new Date() } });
}

/** A bulk query in the other workspace with the number of one here, of a person who is a member of both. */
async function writeSameNumber(connection: Connection, here: Filled, other: Filled, { userId }: Person): Promise<void> {
  const number = Number(here.bulkQueryKeys[userId ?? ""]?.slice("BULK-".length));
  const query = { id: `bulk_elsewhere_${userId}`, workspaceId: other.workspaceId, userId: userId ?? "", number };
  await writeBulkQuery(connection, query, "SUCCEEDED");
  await connection.workspace.update({ where: { id: other.workspaceId }, data: { lastBulkQueryNumber: 1000 } });
}

async function announce(connection: Connection, { things, ownerId: owner }: Place): Promise<void> {
  const { workspaceId, nodes, bulkQueryKeys, ofPerson } = things;
  const bulkQueries = Object.keys(bulkQueryKeys).map((ownerId) => {
    const { BulkQuery } = ownerId === owner ? nodes : ofPerson(ownerId);
    return { id: rowIdOf(BulkQuery), ownerId };
  });
  const changed = JSON.stringify({ runIds: [rowIdOf(nodes.Run)], bulkQueries });
  await connection.$queryRaw`SELECT announce_change(${workspaceId}, ${changed}::jsonb)::text`;
}

export async function writeLast(
  api: AccountsApi,
  [own, others]: readonly [Place, Place],
  people: readonly Person[],
): Promise<[Things, Things]> {
  const { connection } = api.database;
  await voteElsewhere(api, own, others.ownerId);
  await voteElsewhere(api, others, own.ownerId);
  for (const person of people.filter(({ alsoIn }) => alsoIn !== undefined))
    await writeSameNumber(connection, own.things, others.things, person);
  // As an API process does when it starts, which would end the log's numbers here.
  await api.database.transaction(renumberRestoredLog);
  const { position: since } = await readPlace(connection);
  for (const place of [own, others]) await announce(connection, place);
  const finish = async ({ things }: Place): Promise<Things> => {
    const { linkToken } = await connection.study.findUniqueOrThrow({ where: { id: rowIdOf(things.nodes.Study) } });
    const { name: workspaceName } = await connection.workspace.findUniqueOrThrow({ where: { id: things.workspaceId } });
    return { ...things, studyLink: linkToken ?? "", workspaceName, since };
  };
  return [await finish(own), await finish(others)];
}
