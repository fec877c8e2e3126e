"use client";
/** Sends a registration: first the file, where there is one, then what is said of it. Neither is sent twice for being asked twice. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { type ModelCardFragment, RegisterModelDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerWords } from "../marks/noAnswer.ts";
import { fieldOfPath, type Registration, type RegistrationField, toInput } from "./registration.ts";
import { uploadFile } from "./uploadFile.ts";

export type Registered = { readonly model: ModelCardFragment } | { readonly problem: string; readonly field: RegistrationField | null };

export function useRegistration() {
  const [, register] = useMutation(RegisterModelDocument);
  /** The share of the file that is sent; 1 while the API answers, null when nothing is under way. */
  const [sent, setSent] = useState<number | null>(null);
  const stored = useRef<{ readonly file: File; readonly id: string } | null>(null);
  const uploading = useRef<AbortController | null>(null);
  const attempt = useRef({ wanted: "", key: "" });
  useEffect(() => () => uploading.current?.abort(), []);

  async function send(given: Registration, file: File | null): Promise<Registered> {
    let uploadId: string | null = null;
    if (given.origin === "file" && file !== null) {
      if (stored.current?.file !== file) {
        setSent(0);
        const { signal } = (uploading.current = new AbortController());
        try {
          stored.current = { file, id: (await uploadFile(file, setSent, signal)).id };
        } catch (error) {
          return { problem: error instanceof Error ? error.message : String(error), field: "file" };
        }
      }
      uploadId = stored.current.id;
    }
    setSent(1);
    const input = toInput(given, uploadId);
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
      problem: answer?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerWords()} What was typed is kept; try again.`,
      field: answer?.__typename === "InvalidInputError" ? fieldOfPath(answer.field) : null,
    };
  }

  return {
    sent,
    /** Stops sending the file: another one was chosen. */
    stopUpload: useCallback(() => uploading.current?.abort(), []),
    send: async (given: Registration, file: File | null): Promise<Registered> => {
      try {
        return await send(given, file);
      } finally {
        setSent(null);
      }
    },
  };
}
