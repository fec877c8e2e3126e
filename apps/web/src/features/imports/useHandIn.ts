"use client";
/** Uploads files, and requests the preview of what an import would make of them. */
import { useEffect, useRef, useState } from "react";
import { useClient, useMutation } from "urql";
import { PreviewImportDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { cancelledUpload } from "../uploads/postForm.ts";
import { sendFile } from "../uploads/sendFile.ts";
import { toOneFile } from "./chosenFiles.ts";
import type { PackedFile } from "./zipFiles.ts";

export function useHandIn(onHandedIn: (importId: string) => void) {
  const client = useClient();
  const [, preview] = useMutation(PreviewImportDocument);
  /** Upload progress, 0 to 1; null when idle. */
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** Why the upload is waiting; it resumes by itself. */
  const [waiting, setWaiting] = useState<string | null>(null);
  const upload = useRef<AbortController | null>(null);
  useEffect(() => () => upload.current?.abort(), []);

  const handIn = async (chosen: readonly PackedFile[] | Promise<readonly PackedFile[]>): Promise<void> => {
    upload.current?.abort();
    const { signal } = (upload.current = new AbortController());
    setProblem(null);
    setProgress(0);
    try {
      const file = await toOneFile(await chosen);
      const uploadId = await sendFile(client, file, { kind: "IMPORT", onProgress: setProgress, onWaiting: setWaiting, signal });
      const { data, error } = await preview({ input: { uploadId, idempotencyKey: uploadId } });
      const answer = data?.previewImport;
      if (answer?.__typename === "PreviewImportSuccess") onHandedIn(answer.import.id);
      else setProblem(mutationProblem(answer, error) ?? "Nothing was handed in.");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setProgress(null);
      setWaiting(null);
    }
  };
  return { handIn, progress, problem, waiting, cancel: () => upload.current?.abort(cancelledUpload) };
}
