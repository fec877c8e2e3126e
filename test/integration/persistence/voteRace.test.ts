/** V1: 50 clients race for one vote 1,000 times in the full audit, and a few times in `npm test`, over their own connections to the database and over HTTP, and leave exactly one row each. */
import path from "node:path";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { expect, it } from "vitest";
import { startApiProcess } from "../../support/apiProcess.ts";
import { isFull } from "../../support/extent/sampled.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { connectByPg, type PgConnection } from "../../support/pgConnection.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { VoterClient } from "../../support/voterClient.ts";
import { openVotingDatabase, voteOf } from "../../support/votingDatabase.ts";

const clients = 50;
const racesInDatabase = isFull ? 980 : 40;
const racesOverHttp = isFull ? 20 : 2;
const images = 6;
const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };

it(`${clients} clients race for one vote ${racesInDatabase} times: one of them gets it, and the counters count it once`, async () => {
  const { url, database, open, join, close } = await openVotingDatabase();
  const racers: PgConnection[] = [];
  try {
    for (let client = 0; client < clients; client++) racers.push(await connectByPg(url));
    const study = await open();
    const { voter } = await join(study);
    const winners: (string | undefined)[] = [];
    for (let trial = 0; trial < racesInDatabase; trial++) {
      const votes = racers.map(() => voteOf(voter.id, trial, { item: trial % images }));
      const recorded = await Promise.all(
        racers.map(({ connection }, index) => castVote(connection, votes[index] as (typeof votes)[number])),
      );
      expect(recorded.filter(Boolean)).toHaveLength(1);
      winners.push(votes[recorded.indexOf(true)]?.submissionId);
    }
    const { connection } = database;
    const rows = await connection.vote.findMany({ where: { studyId: study.study.id }, orderBy: { trial: "asc" } });
    expect(rows.map(({ submissionId }) => submissionId)).toEqual(winners);
    const { voteCount } = await connection.study.findUniqueOrThrow({ where: { id: study.study.id } });
    const { _sum } = await connection.studyImage.aggregate({ where: { studyId: study.study.id }, _sum: { votes: true, agreeing: true } });
    expect({ voteCount, ..._sum }).toEqual({ voteCount: racesInDatabase, votes: racesInDatabase, agreeing: racesInDatabase });
  } finally {
    for (const racer of racers) await racer.close();
    await close();
  }
}, 300_000);

it(`${clients} clients race for one vote ${racesOverHttp} times over HTTP: one of them gets it`, async () => {
  let study = "";
  const prepare = async (url: string, home: string): Promise<void> => {
    const database = await openDatabase(url);
    await seedLocalOwner(database.connection);
    const objectStore = openFolderStore({ folder: path.join(home, "objects") });
    const opened = await writeOpenedStudy({ database, objectStore }, { design: studyDesign(racesOverHttp, {}, unchecked) });
    study = encodeGlobalId("Study", opened.study.id);
    await database.close();
  };
  const api = await startApiProcess(prepare);
  try {
    const racers = Array.from({ length: clients }, () => new VoterClient(api.url, { study }));
    const [first] = racers as [VoterClient];
    await first.join();
    for (let trial = 0; trial < racesOverHttp; trial++) {
      const cast = (client: VoterClient, index: number) => client.cast(trial, { choice: index % 2 }, { submissionId: `${trial}-${index}` });
      // As the same member on every client.
      for (const client of racers) client.session = null;
      const answers = await Promise.all(racers.map(cast));
      expect(answers.map(({ __typename }) => __typename)).toEqual(racers.map(() => "CastVoteSuccess"));
      expect(answers.filter(({ recorded }) => recorded)).toHaveLength(1);
    }
    expect((await first.send("finishStudy", {})).voter).toMatchObject({ answered: racesOverHttp, finishedAt: expect.any(String) });
  } finally {
    await api.close();
  }
});
