"use client";
/** The image that a form begins from: the one that is chosen, and an own one on its way, without which nothing is started. */
import { useState } from "react";
import type { SourceWanted } from "./sourceWanted.ts";
import { type PhotoUpload, usePhotoUpload } from "./usePhotoUpload.ts";

export interface ChosenSource {
  readonly chosen: SourceWanted | null;
  choose(source: SourceWanted): void;
  readonly upload: PhotoUpload;
  /** Whether another image than the chosen one is to be it. */
  readonly isOnWay: boolean;
  /** Why nothing was started, for as long as that holds. */
  readonly problem: string | null;
  /** To be told of every start. */
  noteStart(): void;
}

const onWayWords = "This image is still on its way. Start once it is here, or choose another.";

export function useChosenSource(): ChosenSource {
  const [chosen, choose] = useState<SourceWanted | null>(null);
  const [early, setEarly] = useState<File | null>(null);
  const upload = usePhotoUpload(choose);
  const isOnWay = upload.share !== null;
  return {
    chosen,
    choose,
    upload,
    isOnWay,
    problem: isOnWay && early === upload.file ? onWayWords : null,
    noteStart: () => setEarly(isOnWay ? upload.file : null),
  };
}
