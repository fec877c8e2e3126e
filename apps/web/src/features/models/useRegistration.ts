"use client";
/** Submits a registration: uploads the files, if any, then sends the model's details. A retry uploads no file again and registers no model twice. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useMutation } from "urql";
import { type ModelCardFragment, RegisterModelDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { sendFile } from "../uploads/sendFile.ts";
import { type ChosenFiles, fieldOfPath, type Registration, type RegistrationField, toInput, type UploadedFiles } from "./registration.ts";

export type Registered = { readonly model: ModelCardFragment } | { readonly problem: string; readonly field: RegistrationField | null };

export function useRegistration() {
  const client = useClient();
  const [, register] = useMutation(RegisterModelDocument);
  /** Upload progress, 0 to 1; 1 while waiting for the API, null when idle. */
  const [progress, setProgress] = useState<number | null>(null);
  const uploadIds = useRef(new Map<File, string>());
  const currentUpload = useRef<AbortController | null>(null);
  const key = useAttemptKey();
  useEffect(() => () => currentUpload.current?.abort(), []);

  async function upload(files: readonly File[]): Promise<readonly string[]> {
    const pending = files.filter((file) => !uploadIds.current.has(file));
    const total = pending.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    if (pending.length > 0) setProgress(0);
    const { signal } = (currentUpload.current = new AbortController());
    for (const file of pending) {
      const onProgress = (share: number) => setProgress((done + share * file.size) / Math.max(1, total));
      const id = await sendFile(client, file, { kind: "MODEL", onProgress, signal });
      uploadIds.current.set(file, id);
      done += file.size;
    }
    return files.map((file) => uploadIds.current.get(file) ?? "");
  }

  async function send(registration: Registration, { file, dataFiles }: ChosenFiles<File>): Promise<Registered> {
    let uploaded: UploadedFiles | null = null;
    if (registration.origin === "file" && file !== null)
      try {
        const [uploadId = "", ...dataUploadIds] = await upload([file, ...dataFiles]);
        uploaded = { uploadId, dataUploadIds };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error), field: "file" };
      }
    setProgress(1);
    const input = toInput(registration, uploaded);
    const { data, error } = await register({ input: { ...input, idempotencyKey: key.of(input) } });
    const result = data?.registerModel;
    // Registering the same input again after a refusal starts a new check.
    if (result !== undefined) key.forget();
    if (result?.__typename === "RegisterModelSuccess") return { model: result.model };
    return {
      problem: result?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} Your input is kept; try again.`,
      field: result?.__typename === "InvalidInputError" ? fieldOfPath(result.field) : null,
    };
  }

  return {
    progress,
    /** Cancels the upload after other files are chosen. */
    cancelUpload: useCallback(() => currentUpload.current?.abort(), []),
    send: async (registration: Registration, files: ChosenFiles<File>): Promise<Registered> => {
      try {
        return await send(registration, files);
      } finally {
        setProgress(null);
      }
    },
  };
}
