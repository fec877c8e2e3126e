"use client";
/** Uploads several photographs, one after the other. Files that fail are named, and the others are kept. */
import { useEffect, useRef, useState } from "react";
import { useClient, useMutation } from "urql";
import { UploadPhotoDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { sendFile } from "../uploads/sendFile.ts";

/** In bytes. */
const largestFile = 20 * 1024 * 1024;
const longestName = 200;

export interface PhotoUploads {
  /** Files that are sent and all files; null while none are. */
  readonly progress: { readonly sent: number; readonly total: number } | null;
  readonly problems: readonly string[];
  send(files: readonly File[]): void;
}

/** @param onCreated gets the ID and the name of each new photo. */
export function usePhotoUploads(onCreated: (photo: { readonly id: string; readonly name: string }) => void): PhotoUploads {
  const client = useClient();
  const [, createPhoto] = useMutation(UploadPhotoDocument);
  const [progress, setProgress] = useState<PhotoUploads["progress"]>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);

  /** @returns what went wrong; null for nothing. */
  async function upload(file: File, signal: AbortSignal): Promise<string | null> {
    if (file.size > largestFile) return "is larger than 20 MB.";
    const id = await sendFile(client, file, { kind: "PHOTO", onProgress: () => {}, signal });
    const { data, error } = await createPhoto({ input: { uploadId: id, name: file.name.slice(0, longestName) } });
    const result = data?.uploadImage;
    if (result?.__typename !== "UploadImageSuccess") return mutationProblem(result, error) ?? "was not stored.";
    if (!signal.aborted) onCreated(result.photo);
    return null;
  }

  async function sendAll(files: readonly File[]): Promise<void> {
    const { signal } = abort.current;
    setProblems([]);
    for (const [sent, file] of files.entries()) {
      if (signal.aborted) return;
      setProgress({ sent, total: files.length });
      const problem = await upload(file, signal).catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
      if (problem !== null && !signal.aborted) setProblems((earlier) => [...earlier, `${file.name}: ${problem}`]);
    }
    if (!signal.aborted) setProgress(null);
  }

  return { progress, problems, send: (files) => void sendAll(files) };
}
