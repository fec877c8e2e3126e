/** Releases as the product makes them: requested over HTTP, written by the worker's task. */
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { type MakeReleaseContext, makeRelease } from "@pareidolia/workers/tasks/makeRelease.task";
import { localOwner } from "./actors.ts";
import type { TestApi } from "./api.ts";

/** A valid input of `makeRelease`, without the study. */
export const releaseInput = {
  version: "1.0.0",
  title: "What people see in evolved images",
  description: "Votes on random images, for a test.",
  creators: [{ kind: "PERSON", name: "Ada Example", givenName: "Ada", familyName: "Example", orcid: "0000-0002-1825-0097" }],
  publisher: "Example Lab",
  licence: {
    name: "Creative Commons Attribution 4.0 International",
    spdx: "CC-BY-4.0",
    url: "https://creativecommons.org/licenses/by/4.0/",
  },
  keywords: ["fooling images"],
  consentVersion: 1,
};

export interface ReleaseAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly release?: { readonly id: string; readonly number: number; readonly state: string };
}

/** The row's ID in the ID of a release. */
export const releaseRowId = (globalId: string): string => Buffer.from(globalId, "base64url").toString().slice("Release:".length);

export async function requestRelease(api: TestApi, studyId: string, changes: object = {}): Promise<ReleaseAnswer> {
  const { body } = await api.query(
    `mutation ($input: MakeReleaseInput!) { makeRelease(input: $input) { __typename ... on MakeReleaseSuccess { release { id number state } }
      ... on InvalidInputError { field } ... on Error { message } } }`,
    { input: { studyId, ...releaseInput, ...changes } },
    localOwner,
  );
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data.makeRelease as ReleaseAnswer;
}

/** Runs the job of a release. Small parts show whether an archive is put together from several. */
export async function carryOutRelease(
  { database, objectStore }: { readonly database: TestApi["database"]; readonly objectStore: ObjectStore },
  releaseId: string,
  changes: Partial<MakeReleaseContext> = {},
): Promise<void> {
  const computer = new StudyComputer();
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const queue: MakeReleaseContext["queue"] = { enqueue: async () => {} };
  const stop = new AbortController().signal;
  try {
    await makeRelease({ releaseId }, { database, objectStore, queue, computer, stop, log: silent, partBytes: 4096, ...changes });
  } finally {
    await computer.close();
  }
}

/** @throws unless the release is requested and made. */
export async function makeProductRelease(api: TestApi, studyId: string, changes: object = {}): Promise<{ id: string; number: number }> {
  const { release, message } = await requestRelease(api, studyId, changes);
  if (release === undefined) throw new Error(message);
  await carryOutRelease(api, releaseRowId(release.id));
  return release;
}
