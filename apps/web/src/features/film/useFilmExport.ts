"use client";
/** Creates a film in the browser and downloads it. The film stops when its page closes. */
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { type Client, useClient } from "urql";
import { downloadFile } from "../marks/downloadFile.ts";
import { type FilmFormat, filmFormats } from "./filmFormats.ts";

export interface FilmContext {
  readonly client: Client;
  readonly signal: AbortSignal;
  readonly format: FilmFormat;
  onFrame(done: number, total: number): void;
}

export interface FilmProgress {
  readonly done: number;
  readonly total: number;
}

/** @param name The file's name without its extension. */
export function useFilmExport(name: string, make: (context: FilmContext) => Promise<Blob>) {
  const client = useClient();
  const active = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<FilmProgress | null>(null);
  useEffect(() => () => active.current?.abort(), []);
  const start = async (format: FilmFormat) => {
    if (active.current !== null) return;
    const controller = new AbortController();
    active.current = controller;
    setProgress({ done: 0, total: 0 });
    try {
      const film = await make({ client, signal: controller.signal, format, onFrame: (done, total) => setProgress({ done, total }) });
      const { extension, type } = filmFormats[format];
      downloadFile(`${name}.${extension}`, film, type);
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
