"use client";
/** Submits a registration: first uploads the files, if any, then sends the model's details. Nothing is sent twice. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { type ModelCardFragment, RegisterModelDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerWords } from "../marks/noAnswer.ts";
import { type ChosenFiles, fieldOfPath, type Registration, type RegistrationField, toInput, type Uploaded } from "./registration.ts";
import { uploadFile } from "./uploadFile.ts";

export type Registered = { readonly model: ModelCardFragment } | { readonly problem: string; readonly field: RegistrationField | null };

export function useRegistration() {
  const [, register] = useMutation(RegisterModelDocument);
  /** Upload progress, 0 to 1; 1 while waiting for the API, null when idle. */
  const [sent, setSent] = useState<number | null>(null);
  const stored = useRef(new Map<File, string>());
  const uploading = useRef<AbortController | null>(null);
  const attempt = useRef({ wanted: "", key: "" });
  useEffect(() => () => uploading.current?.abort(), []);

  async function upload(files: readonly File[]): Promise<readonly string[]> {
    const waiting = files.filter((file) => !stored.current.has(file));
    const total = waiting.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    if (waiting.length > 0) setSent(0);
    const { signal } = (uploading.current = new AbortController());
    for (const file of waiting) {
      const { id } = await uploadFile(file, (share) => setSent((done + share * file.size) / Math.max(1, total)), signal);
      stored.current.set(file, id);
      done += file.size;
    }
    return files.map((file) => stored.current.get(file) ?? "");
  }

  async function send(given: Registration, { file, dataFiles }: ChosenFiles<File>): Promise<Registered> {
    let uploaded: Uploaded | null = null;
    if (given.origin === "file" && file !== null)
      try {
        const [uploadId = "", ...dataUploadIds] = await upload([file, ...dataFiles]);
        uploaded = { uploadId, dataUploadIds };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : String(error), field: "file" };
      }
    setSent(1);
    const input = toInput(given, uploaded);
    const wanted = JSON.stringify(input);
    if (attempt.current.wanted !== wanted) attempt.current = { wanted, key: crypto.randomUUID() };
    const { data, error } = await register({ input: { ...input, idempotencyKey: attempt.current.key } });
    const answer = data?.registerModel;
    if (answer?.__typename === "RegisterModelSuccess") {
      // Whoever registers the same again, after a refusal, wants it looked at again.
      attempt.current = { wanted: "", key: "" };
      return { model: answer.model };
    }
    return {
      problem: answer?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerWords()} Your input is kept; try again.`,
      field: answer?.__typename === "InvalidInputError" ? fieldOfPath(answer.field) : null,
    };
  }

  return {
    sent,
    /** Cancels the upload because other files were chosen. */
    stopUpload: useCallback(() => uploading.current?.abort(), []),
    send: async (given: Registration, files: ChosenFiles<File>): Promise<Registered> => {
      try {
        return await send(given, files);
      } finally {
        setSent(null);
      }
    },
  };
}
