"use client";
/** Makes the film of a run in the browser and hands it over as a file; says how far it is, and stops when asked. */
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { downloadFile } from "../marks/downloadFile.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./FilmExport.module.css";
import { type FilmOptions, makeFilm } from "./makeFilm.ts";

interface FilmExportProps extends FilmOptions {
  /** The start of the file's name. */
  readonly name: string;
}

export function FilmExport({ name, ...options }: FilmExportProps) {
  const client = useClient();
  const making = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  useEffect(() => () => making.current?.abort(), []);

  const make = async () => {
    if (making.current !== null || options.last < 1) return;
    const controller = new AbortController();
    making.current = controller;
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
        toast.error(
          `The film could not be made: ${error instanceof Error ? error.message : String(error)} Nothing was changed; try again.`,
        );
    } finally {
      making.current = null;
      setProgress(null);
    }
  };
  useShortcut("e", () => void make());

  if (progress === null)
    return (
      <button type="button" className={toolButtonStyles.toolButton} disabled={options.last < 1} onClick={() => void make()}>
        Export film
      </button>
    );
  return (
    <span className={styles.filmProgress}>
      <span role="status">
        Frame <span className="n12">{progress.done}</span> of <span className="n12">{progress.total}</span>
      </span>
      <button type="button" className={toolButtonStyles.toolButton} onClick={() => making.current?.abort()}>
        Stop
      </button>
    </span>
  );
}
