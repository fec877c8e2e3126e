"use client";
/** Sends one own image and makes a photo of it. The newest choice counts: another file, or `stop`, ends what is under way, and its answer is not heard. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { UploadPhotoDocument } from "../../graphql/generated/graphql.ts";
import { noAnswerWords } from "../marks/noAnswer.ts";
import { uploadFile } from "../models/uploadFile.ts";
import type { SourceWanted } from "./sourceWanted.ts";

export interface PhotoUpload {
  /** What is being sent, or what could not be. */
  readonly file: File | null;
  /** The share of it that is sent; null when nothing is under way. */
  readonly share: number | null;
  readonly problem: string | null;
  send(file: File): void;
  stop(): void;
}

interface Upload {
  readonly file: File | null;
  readonly share: number | null;
  readonly problem: string | null;
}

const nothing: Upload = { file: null, share: null, problem: null };
const largestFile = 20 * 1024 * 1024;

export function usePhotoUpload(onMade: (photo: SourceWanted) => void): PhotoUpload {
  const [, makePhoto] = useMutation(UploadPhotoDocument);
  const [upload, setUpload] = useState(nothing);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  async function carryOut(file: File, { signal }: AbortController): Promise<void> {
    const tell = (next: Upload) => {
      if (!signal.aborted) setUpload(next);
    };
    if (file.size > largestFile) return tell({ file, share: null, problem: "A photo's file has at most 20 MB." });
    tell({ file, share: 0, problem: null });
    try {
      const { id } = await uploadFile(file, (share) => tell({ file, share, problem: null }), signal);
      if (signal.aborted) return;
      const { data, error } = await makePhoto({ input: { uploadId: id, name: file.name.slice(0, 200) } });
      const made = data?.uploadImage;
      if (made?.__typename !== "UploadImageSuccess") {
        const problem = made?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerWords()} Nothing was stored; try again.`;
        return tell({ file, share: null, problem });
      }
      tell(nothing);
      if (!signal.aborted) onMade({ id: made.photo.id, name: made.photo.name, image: made.photo.image });
    } catch (cause) {
      tell({ file, share: null, problem: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  return {
    ...upload,
    send: (file) => {
      current.current?.abort();
      current.current = new AbortController();
      void carryOut(file, current.current);
    },
    stop: useCallback(() => {
      current.current?.abort();
      setUpload(nothing);
    }, []),
  };
}
