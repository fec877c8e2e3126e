"use client";
/**
 * A rating of each label, from "certainly not" to "certainly": buttons for a few levels, a slider for many. No rating is set in advance, since
 * voters tend to keep what is there. Digits rate the label in focus, or else the first label without a rating; Enter sends the ratings.
 */
import { useEffect, useRef, useState } from "react";
import keyStyles from "./AnswerKeys.module.css";
import type { AnswerPress } from "./answerGuard.ts";
import { type KeysProps, pressOf } from "./answerProps.ts";
import styles from "./RatingsAnswer.module.css";

/** More levels than this get a slider. */
const maxButtons = 7;
const defaultLevels = 101;

interface RatingProps {
  readonly label: string;
  readonly levels: number;
  /** Null before the first touch. */
  readonly value: number | null;
  readonly onRate: (value: number) => void;
}

function LevelButtons({ label, levels, value, onRate }: RatingProps) {
  return (
    <fieldset className={styles.levels}>
      <legend className="visuallyHidden">{label}</legend>
      {Array.from({ length: levels }, (_, level) => (
        <label key={level} className={styles.level}>
          <input type="radio" name={label} checked={value === level} onChange={() => onRate(level)} />
          <span>{level + 1}</span>
        </label>
      ))}
    </fieldset>
  );
}

function LevelSlider({ label, levels, value, onRate }: RatingProps) {
  const middle = Math.floor((levels - 1) / 2);
  return (
    <input
      type="range"
      className={value === null ? `${styles.slider} ${styles.untouched}` : styles.slider}
      aria-label={label}
      aria-valuetext={value === null ? "–" : String(value)}
      min={0}
      max={levels - 1}
      value={value ?? middle}
      onChange={(event) => onRate(Number(event.target.value))}
      // A click on the middle changes nothing, but is a rating.
      onPointerUp={(event) => onRate(Number(event.currentTarget.value))}
    />
  );
}

export function RatingsAnswer({ trial, texts, cantTell, isPreview = false, onAnswer }: KeysProps) {
  const labels = trial.options.length > 0 ? trial.options : [trial.question.label ?? ""];
  const [ratings, setRatings] = useState<readonly (number | null)[]>(() => labels.map(() => null));
  const [missing, setMissing] = useState(false);
  const levels = trial.question.levels ?? defaultLevels;
  const Rating = levels <= maxButtons ? LevelButtons : LevelSlider;
  const rate = (position: number, value: number) => {
    setMissing(false);
    setRatings((known) => known.map((each, index) => (index === position ? value : each)));
  };
  const element = useRef<HTMLDivElement>(null);
  const send = (press: AnswerPress) => {
    const given = ratings.filter((rating) => rating !== null);
    setMissing(given.length < labels.length);
    if (given.length === labels.length) onAnswer({ ratings: given }, press);
  };
  useEffect(() => {
    if (isPreview) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLButtonElement) return;
      if (event.key === "Enter") return send({ at: event.timeStamp, clicks: 0, repeats: event.repeat });
      const level = levels <= maxButtons && /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : levels;
      if (level >= levels) return;
      const rows = [...(element.current?.querySelectorAll("[data-row]") ?? [])];
      const focused = rows.findIndex((row) => row.contains(document.activeElement));
      const open = ratings.indexOf(null);
      rate(focused >= 0 ? focused : open >= 0 ? open : labels.length - 1, level);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  return (
    <div
      ref={element}
      className={`${styles.ratings} ${Rating === LevelButtons ? styles.byButtons : ""} ${labels.length === 1 ? styles.single : ""}`}
    >
      <p className={styles.scale} aria-hidden="true">
        <span>{texts.certainlyNot}</span>
        <span>{texts.certainly}</span>
      </p>
      {labels.map((label, position) => (
        <div key={label} data-row className={styles.row}>
          <span className={styles.name} dir="auto">
            {label}
          </span>
          <Rating label={label} levels={levels} value={ratings[position] ?? null} onRate={(value) => rate(position, value)} />
          <span className={`n12 ${styles.value}`}>{levels <= maxButtons ? "" : (ratings[position] ?? "–")}</span>
        </div>
      ))}
      <div className={styles.send}>
        <button type="button" className={`${keyStyles.key} ${keyStyles.wide}`} onClick={(event) => send(pressOf(event))}>
          {texts.next} <kbd aria-hidden="true">⏎</kbd>
        </button>
        {cantTell}
      </div>
      <span className={missing ? keyStyles.problem : "visuallyHidden"} role="status">
        {missing ? texts.rateAllFirst : null}
      </span>
    </div>
  );
}
