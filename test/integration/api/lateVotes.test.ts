/** Votes that arrive after a study has closed: the server's clock decides whether they count, whatever the voter's clock says. */
import type { StudyState } from "@pareidolia/core/studyState";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const open = (): Promise<OpenedStudy> => writeOpenedStudy(api);
const visitorOf = ({ link }: OpenedStudy): VoterClient => new VoterClient(api.url, { link });
const conflict = (message: RegExp) => expect.objectContaining({ __typename: "ConflictError", message: expect.stringMatching(message) });
const hour = 3_600_000;

/** A voter whose browser has received all trials. */
async function joined(study: OpenedStudy): Promise<VoterClient> {
  const client = visitorOf(study);
  await client.join();
  await client.trials();
  return client;
}

/** As the researcher would `ago` milliseconds ago. */
async function setState({ study }: OpenedStudy, state: StudyState, ago = 0): Promise<Date> {
  const at = new Date(Date.now() - ago);
  await api.database.connection.study.update({ where: { id: study.id }, data: { state, closedAt: at } });
  return at;
}

function endLease({ study }: OpenedStudy) {
  const data = { leaseExpiresAt: new Date(Date.now() - 1_000) };
  return api.database.connection.studyVoter.updateMany({ where: { studyId: study.id }, data });
}

/** Minutes until the lease of each trial ends. */
async function leasesOf({ study }: OpenedStudy): Promise<number[]> {
  const rows = await api.database.connection.$queryRaw<{ readonly minutes: number }[]>`
    SELECT round(extract(epoch FROM l.ends - now()) / 60)::int AS minutes FROM study_voters v, unnest(v.trial_leases) WITH ORDINALITY l(ends, place)
    WHERE v.study_id = ${study.id} ORDER BY l.place`;
  return rows.map(({ minutes }) => minutes);
}

/** As if the leases had been given so many minutes earlier; the voter's own has not ended. */
async function passMinutes({ study }: OpenedStudy, minutes: number): Promise<void> {
  await api.database.connection.$executeRaw`
    UPDATE study_voters v SET trial_leases = ARRAY(
      SELECT l.ends - ${minutes}::int * interval '1 minute' FROM unnest(v.trial_leases) WITH ORDINALITY l(ends, place) ORDER BY l.place),
      lease_expires_at = now() + interval '1 hour'
    WHERE v.study_id = ${study.id}`;
}

describe("a study", () => {
  it("that closed accepts votes that were cast before, within the voter's lease, and says which came too late", async () => {
    const study = await open();
    const client = await joined(study);
    const closedAt = await setState(study, "CLOSED", hour);
    const before = { votedAt: new Date(closedAt.getTime() - hour).toISOString() };
    expect(await visitorOf(study).tryJoin()).toEqual(conflict(/closed/));
    expect(await client.cast(0, { choice: 0 })).toEqual(conflict(/closed/));
    const first = client.voteOn(0, { choice: 0 }, before);
    expect(await client.send("castVotes", { votes: [first, client.voteOn(1, { choice: 0 })] })).toMatchObject({
      recorded: [0],
      tooLate: [1],
      voter: { answered: 1 },
    });
    expect(await client.send("undoVote", { trial: 0 })).toEqual(conflict(/takes no votes/));
    // The voter's clock may say what it likes: once the lease has ended by the server's clock, no new vote counts.
    await endLease(study);
    expect(await client.cast(2, { choice: 0 }, before)).toEqual(conflict(/closed/));
    expect(await client.send("undoVote", { trial: 0, undoneAt: before.votedAt })).toEqual(conflict(/takes no votes/));
    // The answer to a vote that was stored may have been lost.
    expect(await client.send("castVotes", { votes: [first] })).toMatchObject({ recorded: [0], tooLate: [] });
  });

  it("that closed accepts no votes on trials that the voter had not received before, whatever the voter's clock says", async () => {
    const study = await open();
    const client = visitorOf(study);
    await client.join();
    await client.trials(0, 2);
    const closedAt = await setState(study, "CLOSED");
    await client.trials();
    const before = { votedAt: new Date(closedAt.getTime() - 1_000).toISOString() };
    const votes = [0, 1, 2, 3].map((trial) => client.voteOn(trial, { choice: 0 }, before));
    expect(await client.send("castVotes", { votes })).toMatchObject({ recorded: [0, 1], tooLate: [2, 3] });
  });

  it("that closed accepts a vote only within the lease of its trial, which starts when the trial is given out, with the voter's clock set back", async () => {
    const study = await open();
    const client = await joined(study);
    expect(await client.cast(0, { choice: 0 })).toMatchObject({ recorded: true });
    const minutes = await leasesOf(study);
    // The hold of a place, and a minute for each trial that the voter sees until then.
    expect(minutes).toEqual(minutes.map((_, trial) => 16 + trial));
    await client.trials(1, 1);
    // It is the voter's next trial now.
    expect(await leasesOf(study)).toEqual(minutes.map((minute, trial) => (trial === 1 ? 16 : minute)));
    const closedAt = await setState(study, "CLOSED");
    // A trial that is read again after the study has closed gets no other lease.
    await passMinutes(study, 17);
    await client.trials();
    const votedAt = new Date(closedAt.getTime() - 1_000).toISOString();
    const votes = [1, 2, 3].map((trial) => client.voteOn(trial, { choice: 0 }, { votedAt }));
    expect(await client.send("castVotes", { votes })).toMatchObject({ recorded: [2, 3], tooLate: [1] });
    expect(await client.cast(1, { choice: 0 }, { votedAt })).toEqual(conflict(/closed/));
  });

  it("that closed does not let late votes renew the lease", async () => {
    const study = await open();
    const client = await joined(study);
    const closedAt = await setState(study, "CLOSED");
    const leases = () =>
      api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id }, select: { leaseExpiresAt: true } });
    const lease = await leases();
    const before = { votedAt: new Date(closedAt.getTime() - 1_000).toISOString() };
    for (const trial of [0, 1, 2]) expect(await client.cast(trial, { choice: 0 }, before)).toMatchObject({ recorded: true });
    expect(await leases()).toEqual(lease);
  });
});
