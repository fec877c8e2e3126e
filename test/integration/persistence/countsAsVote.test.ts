/** The database counts the same answers as votes as results, exports and releases do, for each kind of question. */
import {
  agreesWithLabel,
  countsAsVote,
  type ProtocolKindId,
  protocolKinds,
  resolveProtocol,
} from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { Prisma } from "@pareidolia/persistence/generated/client";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { counts } from "@pareidolia/persistence/studies/voting/voteCounters";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const answers: Readonly<Record<ProtocolKindId, readonly Answer[]>> = {
  yesNo: [{ choice: 0 }, { choice: 1 }],
  freeText: [{ text: "a dog" }],
  alternatives: [{ choice: 0 }, { choice: 1 }],
  reverse: [{ choice: 0 }, { choice: 1 }],
  confidenceRating: [{ ratings: [4, 0] }, { ratings: [2, 2] }, { ratings: [0, 4] }],
  pairwise: [{ choice: 0 }, { choice: 1 }],
};

it("counts an answer as a vote as every other part does", async () => {
  for (const { id } of protocolKinds)
    for (const cantTell of ["notOffered", "missing", "disagreement"])
      for (const target of [0, null]) {
        const protocol = resolveProtocol(id, { cantTell });
        const given: (Answer | null)[] = [null, ...answers[id], ...(cantTell === "notOffered" ? [] : [{ cantTell: true } as const])];
        for (const answer of given) {
          const agrees = answer === null ? null : agreesWithLabel(protocol, { target }, answer);
          const [row] = await database.connection.$queryRaw<{ readonly counts: boolean }[]>(Prisma.sql`
            SELECT ${counts} AS counts FROM (
              SELECT 'COUNTED'::"StudyImageRole" AS role, false AS repeated, ${answer === null ? null : JSON.stringify(answer)}::jsonb AS answer, ${agrees}::boolean AS agrees
            ) v`);
          expect(row?.counts, JSON.stringify({ id, cantTell, target, answer })).toBe(countsAsVote(protocol, answer));
        }
      }
});
