"use client";
/** Exports a film, shows its progress, and can stop it. */
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./FilmExport.module.css";
import { type FilmContext, useFilmExport } from "./useFilmExport.ts";

interface FilmButtonProps {
  readonly fileName: string;
  readonly disabled: boolean;
  make(context: FilmContext): Promise<Blob>;
}

export function FilmButton({ fileName, disabled, make }: FilmButtonProps) {
  const { progress, start, stop } = useFilmExport(fileName, make);
  useShortcut("e", () => {
    if (!disabled) void start();
  });
  if (progress === null)
    return (
      <button type="button" className={toolButtonStyles.toolButton} disabled={disabled} onClick={() => void start()}>
        Export film
      </button>
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
