"use client";
/** Uploads several photographs. Files that fail are named, and the others are kept. */
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { sendPhotos } from "../uploads/sendPhotos.ts";

/** In bytes. */
const maxFileSize = 20 * 1024 * 1024;

export interface PhotoUploads {
  /** Files that have arrived or failed, and all files; null while none are sent or stored. */
  readonly progress: { readonly sent: number; readonly total: number } | null;
  readonly problems: readonly string[];
  send(files: readonly File[]): void;
}

interface PhotoUploadEvents {
  /** Gets the ID and the name of each new photo. */
  readonly onCreated: (photo: { readonly id: string; readonly name: string }) => void;
  /** Once after all files of a choice. */
  readonly onDone: () => void;
}

export function usePhotoUploads({ onCreated, onDone }: PhotoUploadEvents): PhotoUploads {
  const client = useClient();
  const [progress, setProgress] = useState<PhotoUploads["progress"]>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);

  async function sendAll(files: readonly File[]): Promise<void> {
    const { signal } = abort.current;
    const sent = new Set<File>();
    const countSent = (file: File): void => {
      if (signal.aborted || sent.has(file)) return;
      sent.add(file);
      setProgress((known) => known && { ...known, sent: sent.size });
    };
    const onRefused = (file: File, problem: string): void => {
      countSent(file);
      if (!signal.aborted) setProblems((earlier) => [...earlier, `${file.name}: ${problem}`]);
    };
    setProblems([]);
    setProgress({ sent: 0, total: files.length });
    const [fit, large] = [files.filter(({ size }) => size <= maxFileSize), files.filter(({ size }) => size > maxFileSize)];
    for (const file of large) onRefused(file, "is larger than 20 MB.");
    await sendPhotos(client, fit, {
      signal,
      onRefused,
      onProgress: (file, share) => {
        if (share === 1) countSent(file);
      },
      onStored: (_, photo) => {
        if (!signal.aborted) onCreated(photo);
      },
    });
    if (signal.aborted) return;
    setProgress(null);
    onDone();
  }

  return { progress, problems, send: (files) => void sendAll(files) };
}
