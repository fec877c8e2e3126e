/** Open studies of an earlier version continue, with voters in the middle: no vote is lost, no voter loses a place, and no address stays. */
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { countTakenPlaces, findLeasedTrials } from "@pareidolia/persistence/studies/voting/places";
import { findBallotImageStudy } from "@pareidolia/persistence/studies/voting/readBallotImage";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";
import { voteOf } from "../../support/votingDatabase.ts";

it("voters in the middle of an open study keep their votes, places and trials", async () => {
  const testDatabase = await createDatabaseBefore("places_of_voters");
  await withClient(testDatabase.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(`
      INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
      INSERT INTO workspaces (id, name, slug) VALUES ('w', 'W', 'w');
      INSERT INTO studies (id, workspace_id, created_by_id, number, title, state, draft, seed, plan_text, plan_hash, vote_count, last_voter_number,
        opened_at)
        VALUES ('s', 'w', 'u', 1, 'S', 'OPEN', '{"anonymousVoters": 5}', 1, '{}', 'hash-of-the-plan', 4, 4, now());
      INSERT INTO images (sha256, width, height, channels, byte_length) VALUES (repeat('0', 64), 8, 8, 1, 100);
      INSERT INTO study_images (study_id, role, index, image_sha256, token, label, source, votes)
        SELECT 's', 'COUNTED', i, repeat('0', 64), 't' || i, 0, 'direct', 1 FROM generate_series(0, 3) i;
      INSERT INTO study_voters (id, study_id, number, user_id, session_hash, consent_version, language, items, trial_count, lease_expires_at,
        client_hash, finished_at, withdrawn_at) VALUES
        ('voting', 's', 0, NULL, 'a', 1, 'en', '{0,1,2,3}', 4, now() + interval '1 hour', 'hash-of-an-address', NULL, NULL),
        ('idle', 's', 1, NULL, 'b', 1, 'en', '{0,1,2,3}', 4, now() - interval '1 hour', 'hash-of-an-address', NULL, NULL),
        ('finished', 's', 2, NULL, 'c', 1, 'en', '{0}', 1, now() - interval '1 hour', 'hash-of-an-address', now(), NULL),
        ('member', 's', 3, 'u', 'd', 1, 'en', '{0}', 1, now() + interval '1 hour', NULL, NULL, NULL),
        ('withdrawn', 's', 4, NULL, NULL, 1, '', '{}', 0, now(), NULL, NULL, now());
      INSERT INTO votes (voter_id, trial, study_id, role, item, submission_id, answer, agrees, voted_at)
        SELECT 'voting', i, 's', 'COUNTED', i, 'submission ' || i, '{"choice": 0}', true, now() FROM generate_series(0, 2) i;
      INSERT INTO votes (voter_id, trial, study_id, role, item, submission_id, answer, agrees, voted_at)
        VALUES ('finished', 0, 's', 'COUNTED', 0, 'submission', '{"choice": 0}', true, now());
      INSERT INTO rate_limits (key, attempts, window_started_at) VALUES ('study-vote in s from 203.0.113.7', 3, now());
      INSERT INTO cost_buckets (key, level, accepted, updated_at) VALUES ('network 203.0.113.7', 3, true, now())`);
  });
  await migrate(testDatabase.url);
  const database = await openDatabase(testDatabase.url);
  const { connection } = database;
  try {
    const voters = await connection.studyVoter.findMany({ orderBy: { number: "asc" } });
    expect(
      voters.map(({ id, anonymous, clientHash, confirmedAt, imageKey }) => [
        id,
        anonymous,
        clientHash,
        confirmedAt !== null,
        imageKey !== null,
      ]),
    ).toEqual([
      ["voting", true, null, true, true],
      ["idle", true, null, false, true],
      ["finished", true, null, true, true],
      ["member", false, null, false, true],
      ["withdrawn", false, null, false, false],
    ]);
    expect(await connection.vote.count()).toBe(4);
    expect(await connection.study.findUniqueOrThrow({ where: { id: "s" } })).toMatchObject({ planHash: "hash-of-the-plan", voteCount: 4 });
    expect(await countTakenPlaces(connection, "s")).toBe(2);
    expect([await connection.rateLimit.count(), await connection.costBucket.count()]).toEqual([0, 0]);
    expect([...(await findLeasedTrials(connection, "voting", [0, 3, 4]))]).toEqual([0, 3]);
    expect(new Set(voters.flatMap(({ imageKey }) => imageKey ?? [])).size).toBe(4);
    expect(await findBallotImageStudy(connection, voters[0]?.imageKey ?? "")).toMatchObject({
      studyId: "s",
      imageSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await castVote(connection, voteOf("voting", 3))).toBe(true);
    expect(await connection.study.findUniqueOrThrow({ where: { id: "s" } })).toMatchObject({ voteCount: 5 });
    // What an old page had received counts after the study has closed, too.
    await connection.study.update({ where: { id: "s" }, data: { state: "CLOSED", closedAt: new Date() } });
    const before = { votedAt: new Date(Date.now() - 60_000) };
    expect(await castVote(connection, voteOf("member", 0, before))).toBe(true);
  } finally {
    await database.close();
    await testDatabase.drop();
  }
});
