/**
 * Sends photographs. Each file is posted by itself, a few at a time; one request asks for the uploads of many files, and one finishes those
 * that have arrived and makes them photos. A file that is refused leaves the others.
 */
import type { Client } from "urql";
import {
  DeleteUploadDocument,
  RequestPhotosDocument,
  type RequestPhotosMutation,
  StorePhotosDocument,
  type StorePhotosMutation,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { cancelledUpload, nameOf, nothingStored, type PostOptions, postForm } from "./postForm.ts";
import { repeatLate } from "./repeatLate.ts";

type Results<Field, Success> = Extract<
  Extract<Field, { readonly results: unknown }> extends { readonly results: readonly (infer Result)[] } ? Result : never,
  { readonly __typename: Success }
>;
type IssuedForm = Results<RequestPhotosMutation["requestUploads"], "RequestUploadSuccess">["form"];
export type StoredPhoto = Results<StorePhotosMutation["storePhotos"], "UploadImageSuccess">["photo"];

export interface SendPhotosOptions {
  readonly signal: AbortSignal;
  /** Called with the share of the file that has arrived, from 0 to 1. */
  onProgress(file: File, share: number): void;
  onStored(file: File, photo: StoredPhoto): void;
  /** Called with a message for the user. Nothing of the file is stored. */
  onRefused(file: File, problem: string): void;
}

interface SentPhoto {
  readonly file: File;
  readonly uploadId: string;
}

interface RequestedPhoto extends SentPhoto {
  readonly form: IssuedForm;
}

/** The API receives four files of a member at once, one of which may be a batch that it stores. */
const lanes = 3;
/** Bounds what a request reserves in the quota of unfinished uploads, and how long a form waits: it is valid for 15 minutes. */
const maxRequested = 25;
const maxRequestedBytes = 64 * 1024 * 1024;
/** Enough to be worth a request, and few enough to be stored within its time. */
const minStored = 8;
const maxStored = 12;

function* groupsOf(files: readonly File[]): Generator<readonly File[]> {
  let group: File[] = [];
  let bytes = 0;
  for (const file of files) {
    if (group.length === maxRequested || (group.length > 0 && bytes + file.size > maxRequestedBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(file);
    bytes += file.size;
  }
  if (group.length > 0) yield group;
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Requests uploads in groups, each once the files of the one before are being sent. */
async function* requestPhotos(client: Client, files: readonly File[], options: SendPhotosOptions): AsyncGenerator<RequestedPhoto> {
  for (const group of groupsOf(files)) {
    if (options.signal.aborted) return;
    const inputs = group.map((file) => ({ kind: "PHOTO" as const, fileName: nameOf(file), byteLength: file.size }));
    const { data, error } = await client.mutation(RequestPhotosDocument, { files: inputs }).toPromise();
    const answer = data?.requestUploads;
    const results = answer?.__typename === "RequestUploadsSuccess" ? answer.results : [];
    for (const [i, file] of group.entries()) {
      const result = results[i];
      if (result?.__typename === "RequestUploadSuccess") yield { file, uploadId: result.upload.id, form: result.form };
      else options.onRefused(file, mutationProblem(result ?? answer, error) ?? nothingStored);
    }
  }
}

/** Resolves once each file is stored or refused. */
export async function sendPhotos(client: Client, files: readonly File[], options: SendPhotosOptions): Promise<void> {
  const { signal } = options;

  const refuse = ({ file, uploadId }: SentPhoto, problem: string): void => {
    // Frees what was reserved; a clean-up does so, too.
    void client.mutation(DeleteUploadDocument, { uploadId }).toPromise();
    options.onRefused(file, problem);
  };

  const storeBatch = async (batch: readonly SentPhoto[]): Promise<void> => {
    const photos = batch.map(({ file, uploadId }) => ({ uploadId, name: nameOf(file) }));
    const { data, error } = await repeatLate(() => client.mutation(StorePhotosDocument, { photos }), signal);
    const answer = data?.storePhotos;
    const results = answer?.__typename === "StorePhotosSuccess" ? answer.results : [];
    for (const [i, sent] of batch.entries()) {
      const result = results[i];
      if (result?.__typename === "UploadImageSuccess") options.onStored(sent.file, result.photo);
      else refuse(sent, mutationProblem(result ?? answer, error) ?? nothingStored);
    }
  };

  const arrived: SentPhoto[] = [];
  let isStoring = false;
  let storing = Promise.resolve();
  const storeArrived = async (fewest: number): Promise<void> => {
    isStoring = true;
    while (arrived.length >= fewest) await storeBatch(arrived.splice(0, maxStored));
    isStoring = false;
  };

  const requested = requestPhotos(client, files, options);
  const sendNext = async (): Promise<void> => {
    for await (const { form, ...photo } of requested)
      try {
        signal.throwIfAborted();
        const onProgress: PostOptions["onProgress"] = (share) => options.onProgress(photo.file, share);
        await postForm(form, photo.file, { onProgress, signal });
        signal.throwIfAborted();
        onProgress(1);
        arrived.push(photo);
        if (!isStoring && arrived.length >= minStored) storing = storeArrived(minStored);
      } catch (cause) {
        refuse(photo, messageOf(cause));
      }
  };
  await Promise.all(Array.from({ length: lanes }, sendNext));
  await storing;
  await storeArrived(1);
}

/** Sends one photograph. @throws Error with a message for the user. */
export async function sendPhoto(client: Client, file: File, { onProgress, signal }: PostOptions): Promise<StoredPhoto> {
  let stored: StoredPhoto | null = null;
  let refusal: string = cancelledUpload.message;
  await sendPhotos(client, [file], {
    signal,
    onProgress: (_, share) => onProgress(share),
    onStored: (_, photo) => {
      stored = photo;
    },
    onRefused: (_, problem) => {
      refusal = problem;
    },
  });
  if (stored === null) throw new Error(refusal);
  return stored;
}
