"use client";
/** Uploads an image and creates a photo from it. A new upload, or `stop`, cancels the current one and ignores its response. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { sendPhoto } from "../uploads/sendPhotos.ts";
import type { SourceChoice } from "./sourceChoice.ts";

export interface PhotoUpload {
  /** The file that is uploading or whose upload failed. */
  readonly file: File | null;
  /** Upload progress, 0 to 1; null if nothing is uploading. */
  readonly progress: number | null;
  readonly problem: string | null;
  send(file: File): void;
  stop(): void;
}

type UploadState = Pick<PhotoUpload, "file" | "progress" | "problem">;

const idle: UploadState = { file: null, progress: null, problem: null };
/** In bytes. */
const maxFileSize = 20 * 1024 * 1024;

export function usePhotoUpload(onCreated: (photo: SourceChoice) => void): PhotoUpload {
  const client = useClient();
  const [upload, setUpload] = useState(idle);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  async function uploadPhoto(file: File, { signal }: AbortController): Promise<void> {
    const update = (next: UploadState) => {
      if (!signal.aborted) setUpload(next);
    };
    if (file.size > maxFileSize) return update({ file, progress: null, problem: "The file of a photo must not exceed 20 MB." });
    update({ file, progress: 0, problem: null });
    try {
      const onProgress = (progress: number) => update({ file, progress, problem: null });
      const { id, name, image } = await sendPhoto(client, file, { onProgress, signal });
      update(idle);
      if (!signal.aborted) onCreated({ id, name, image });
    } catch (cause) {
      update({ file, progress: null, problem: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  return {
    ...upload,
    send: (file) => {
      current.current?.abort();
      current.current = new AbortController();
      void uploadPhoto(file, current.current);
    },
    stop: useCallback(() => {
      current.current?.abort();
      setUpload(idle);
    }, []),
  };
}
