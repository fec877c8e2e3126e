/** V1: clients that race for one vote leave exactly one row, whether they race over HTTP or in one process. */

import path from "node:path";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { openDatabase } from "@pareidolia/persistence/database/database";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import { castVote } from "@pareidolia/persistence/voting/castVote";
import { seedLocalOwner } from "@pareidolia/persistence/workspaces/localWorkspace";
import { expect, it } from "vitest";
import { startApiProcess } from "../../support/apiProcess.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { VoterClient } from "../../support/voterClient.ts";
import { openVotingDatabase, voteOf } from "../../support/votingDatabase.ts";

const clients = 50;
const racesInProcess = 980;
const racesOverHttp = 20;
const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };

it(`${clients} clients race for one vote ${racesInProcess} times: one of them gets it, and the counters count it once`, async () => {
  const { database, open, join, close } = await openVotingDatabase();
  try {
    const { connection } = database;
    const study = await open();
    const { voter } = await join(study);
    const started = performance.now();
    for (let trial = 0; trial < racesInProcess; trial++) {
      const votes = Array.from({ length: clients }, () => voteOf(voter.id, trial, { item: trial % 6 }));
      const recorded = await Promise.all(votes.map((vote) => castVote(connection, vote)));
      expect(recorded.filter(Boolean)).toHaveLength(1);
      const winner = votes[recorded.indexOf(true)];
      expect(await connection.vote.findMany({ where: { voterId: voter.id, trial } })).toMatchObject([
        { submissionId: winner?.submissionId },
      ]);
    }
    console.info(
      `${racesInProcess} races of ${clients} clients in one process took ${((performance.now() - started) / 1000).toFixed(1)} s.`,
    );
    const { voteCount } = await connection.study.findUniqueOrThrow({ where: { id: study.study.id } });
    const { _sum } = await connection.studyImage.aggregate({ where: { studyId: study.study.id }, _sum: { votes: true, agreeing: true } });
    expect({ voteCount, ..._sum }).toEqual({ voteCount: racesInProcess, votes: racesInProcess, agreeing: racesInProcess });
  } finally {
    await close();
  }
});

it(`${clients} clients race for one vote ${racesOverHttp} times over HTTP: one of them gets it`, async () => {
  let study: OpenedStudy | null = null;
  const prepare = async (url: string, home: string): Promise<void> => {
    const database = await openDatabase(url);
    await seedLocalOwner(database.connection);
    const objectStore = openFolderStore({ folder: path.join(home, "objects") });
    study = await writeOpenedStudy({ database, objectStore }, { design: studyDesign(racesOverHttp, {}, unchecked) });
    await database.close();
  };
  const api = await startApiProcess(prepare);
  try {
    const id = encodeGlobalId("Study", (study as OpenedStudy | null)?.study.id ?? "");
    const racers = Array.from({ length: clients }, () => new VoterClient(api.url, { study: id }));
    const [first] = racers as [VoterClient];
    await first.join();
    const started = performance.now();
    for (let trial = 0; trial < racesOverHttp; trial++) {
      const input = (client: VoterClient, index: number) =>
        client.voteOn(trial, { choice: index % 2 }, { submissionId: `${trial}-${index}` });
      const answers = await Promise.all(racers.map((client, index) => client.mutate("castVote", { study: id, ...input(client, index) })));
      expect(answers.filter(({ recorded }) => recorded === true)).toHaveLength(1);
      expect(answers.every(({ __typename }) => __typename === "CastVoteSuccess")).toBe(true);
    }
    console.info(`${racesOverHttp} races of ${clients} clients over HTTP took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    expect((await first.mutate("finishStudy", { study: id })).voter).toMatchObject({
      answered: racesOverHttp,
      finishedAt: expect.any(String),
    });
  } finally {
    await api.close();
  }
});
