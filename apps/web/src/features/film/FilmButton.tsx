"use client";
/** Exports a film in the chosen format, shows its progress, and can stop it. */
import { useEffect, useState } from "react";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./FilmExport.module.css";
import { everyFormat, type FilmFormat, filmFormats, findWritableFormats } from "./filmFormats.ts";
import { type FilmContext, useFilmExport } from "./useFilmExport.ts";

interface FilmButtonProps {
  /** The file's name without its extension. */
  readonly name: string;
  readonly disabled: boolean;
  make(context: FilmContext): Promise<Blob>;
}

/** The best format that the browser writes, until the user chooses another. Null until it is known. */
function useFilmFormat() {
  const [writable, setWritable] = useState<readonly FilmFormat[] | null>(null);
  const [chosen, choose] = useState<FilmFormat | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void findWritableFormats().then((formats) => {
      if (isCurrent) setWritable(formats);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return { writable, format: chosen ?? writable?.[0] ?? null, choose };
}

export function FilmButton({ name, disabled, make }: FilmButtonProps) {
  const { progress, start, stop } = useFilmExport(name, make);
  const { writable, format, choose } = useFilmFormat();
  const isReady = !disabled && format !== null;
  const exportFilm = () => {
    if (isReady) void start(format);
  };
  useShortcut("e", exportFilm);
  if (progress === null)
    return (
      <span className={styles.filmExport}>
        <button type="button" className={toolButtonStyles.toolButton} disabled={!isReady} onClick={exportFilm}>
          Export film
        </button>
        <select
          className={toolButtonStyles.toolButton}
          aria-label="Format of the film"
          value={format ?? ""}
          disabled={writable === null}
          onChange={({ target }) => choose(everyFormat.find((each) => each === target.value) ?? null)}
        >
          {everyFormat.map((each) => (
            <option key={each} value={each} disabled={writable?.includes(each) === false}>
              {filmFormats[each].name}
              {writable?.includes(each) === false ? ", which this browser cannot encode" : ""}
            </option>
          ))}
        </select>
      </span>
    );
  return (
    <span className={styles.filmProgress}>
      <span role="status">
        Frame <span className="n12">{progress.done}</span> of <span className="n12">{progress.total}</span>
      </span>
      <button type="button" className={toolButtonStyles.toolButton} onClick={stop}>
        Stop
      </button>
    </span>
  );
}
