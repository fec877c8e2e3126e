"use client";
/** Creates a film in the browser and downloads it. The film stops when its page closes. */
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { type Client, useClient } from "urql";
import { downloadFile } from "../marks/downloadFile.ts";

export interface FilmContext {
  readonly client: Client;
  readonly signal: AbortSignal;
  onFrame(done: number, total: number): void;
}

export interface FilmProgress {
  readonly done: number;
  readonly total: number;
}

export function useFilmExport(fileName: string, make: (context: FilmContext) => Promise<Blob>) {
  const client = useClient();
  const active = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<FilmProgress | null>(null);
  useEffect(() => () => active.current?.abort(), []);
  const start = async () => {
    if (active.current !== null) return;
    const controller = new AbortController();
    active.current = controller;
    setProgress({ done: 0, total: 0 });
    try {
      const film = await make({ client, signal: controller.signal, onFrame: (done, total) => setProgress({ done, total }) });
      downloadFile(fileName, film, "image/png");
    } catch (error) {
      if (!controller.signal.aborted)
        toast.error(`The film could not be exported. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      active.current = null;
      setProgress(null);
    }
  };
  return { progress, start, stop: () => active.current?.abort() };
}
