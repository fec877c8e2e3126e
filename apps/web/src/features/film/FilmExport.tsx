"use client";
/** Exports a run's film: its archive after each generation. */
import { FilmButton } from "./FilmButton.tsx";
import { type FilmOptions, makeFilm } from "./makeFilm.ts";

interface FilmExportProps extends FilmOptions {
  /** Prefix of the file name. */
  readonly name: string;
}

export function FilmExport({ name, ...options }: FilmExportProps) {
  return <FilmButton name={`${name}-film`} disabled={options.last < 1} make={(context) => makeFilm(options, context)} />;
}
