"use client";
/** Creates a run's film in the browser and downloads it, with its progress and a button that stops it. */
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { downloadFile } from "../marks/downloadFile.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./FilmExport.module.css";
import { type FilmOptions, makeFilm } from "./makeFilm.ts";

interface FilmExportProps extends FilmOptions {
  /** Prefix of the file name. */
  readonly name: string;
}

export function FilmExport({ name, ...options }: FilmExportProps) {
  const client = useClient();
  const activeExport = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  useEffect(() => () => activeExport.current?.abort(), []);

  const exportFilm = async () => {
    if (activeExport.current !== null || options.last < 1) return;
    const controller = new AbortController();
    activeExport.current = controller;
    setProgress({ done: 0, total: 0 });
    try {
      const film = await makeFilm(options, {
        client,
        signal: controller.signal,
        onFrame: (done, total) => setProgress({ done, total }),
      });
      downloadFile(`${name}-film.png`, film, "image/png");
    } catch (error) {
      if (!controller.signal.aborted)
        toast.error(`The film could not be exported. ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      activeExport.current = null;
      setProgress(null);
    }
  };
  useShortcut("e", () => void exportFilm());

  if (progress === null)
    return (
      <button type="button" className={toolButtonStyles.toolButton} disabled={options.last < 1} onClick={() => void exportFilm()}>
        Export film
      </button>
    );
  return (
    <span className={styles.filmProgress}>
      <span role="status">
        Frame <span className="n12">{progress.done}</span> of <span className="n12">{progress.total}</span>
      </span>
      <button type="button" className={toolButtonStyles.toolButton} onClick={() => activeExport.current?.abort()}>
        Stop
      </button>
    </span>
  );
}
