/** A database with an opened study, for tests of voting without the API. */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { assignImages, countsJudged } from "@pareidolia/perception/study/assignImages";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { NewVote } from "@pareidolia/persistence/studies/voting/castVote";
import { type Joined, joinStudy, type NewVoter } from "@pareidolia/persistence/studies/voting/joinStudy";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { createTestDatabase } from "./database.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "./openedStudy.ts";

export interface VotingDatabase {
  readonly url: string;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  open(options?: OpenedStudyOptions): Promise<OpenedStudy>;
  /** Adds a voter without an account. */
  join(study: OpenedStudy, more?: Partial<NewVoter>): Promise<Joined>;
  close(): Promise<void>;
}

export async function openVotingDatabase(): Promise<VotingDatabase> {
  const { url, drop } = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-voting-"));
  const database = await openDatabase(url);
  await seedLocalOwner(database.connection);
  const objectStore = openFolderStore({ folder });
  return {
    url,
    database,
    objectStore,
    open: (options) => writeOpenedStudy({ database, objectStore }, options),
    join: ({ study, plan }, more = {}) =>
      database.transaction((transaction) =>
        joinStudy(transaction, {
          studyId: study.id,
          userId: null,
          insider: false,
          still: false,
          stillLeftOut: true,
          countsJudged: countsJudged(plan.rules),
          sessionHash: `session ${randomUUID()}`,
          withdrawalHashes: [`code ${randomUUID()}`],
          consentVersion: 1,
          language: "en",
          clientHash: "client",
          screen: null,
          idempotencyKey: null,
          maxAnonymous: 1_000_000,
          assign(images, number) {
            const assigned = assignImages(plan, images, number);
            return assigned === null ? null : { items: assigned.items, trialCount: assigned.trials.length };
          },
          ...more,
        }),
      ),
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
      await drop();
    },
  };
}

let submissions = 0;

/** An agreeing vote on a counted image, under a new submission. */
export function voteOf(voterId: string, trial: number, more: Partial<NewVote> = {}): NewVote {
  submissions++;
  return {
    voterId,
    trial,
    role: "COUNTED",
    item: trial,
    repeated: false,
    submissionId: `submission ${submissions}`,
    answer: { choice: 0 },
    timedOut: false,
    agrees: true,
    responseMs: 500,
    timing: null,
    votedAt: new Date(),
    ...more,
  };
}
