"use client";
/**
 * A rating of each label, from "certainly not" to "certainly": buttons for a few levels, a slider for many. No rating is set in advance, since
 * voters tend to keep what is there.
 */
import { useState } from "react";
import keyStyles from "./AnswerKeys.module.css";
import { type AnswerProps, pressOf } from "./answerProps.ts";
import styles from "./RatingsAnswer.module.css";

/** More levels than this get a slider. */
const mostButtons = 7;
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

export function RatingsAnswer({ trial, texts, onAnswer }: AnswerProps) {
  const labels = trial.options.length > 0 ? trial.options : [trial.question.label ?? ""];
  const [ratings, setRatings] = useState<readonly (number | null)[]>(() => labels.map(() => null));
  const [missing, setMissing] = useState(false);
  const levels = trial.question.levels ?? defaultLevels;
  const Rating = levels <= mostButtons ? LevelButtons : LevelSlider;
  const rate = (position: number, value: number) => {
    setMissing(false);
    setRatings((known) => known.map((each, index) => (index === position ? value : each)));
  };
  return (
    <div className={styles.ratings}>
      <p className={styles.scale} aria-hidden="true">
        <span>{texts.certainlyNot}</span>
        <span>{texts.certainly}</span>
      </p>
      {labels.map((label, position) => (
        <div key={label} className={styles.row}>
          <span className={styles.name}>{label}</span>
          <Rating label={label} levels={levels} value={ratings[position] ?? null} onRate={(value) => rate(position, value)} />
          <span className={`n12 ${styles.value}`}>{levels <= mostButtons ? "" : (ratings[position] ?? "–")}</span>
        </div>
      ))}
      <button
        type="button"
        className={`${keyStyles.key} ${keyStyles.wide}`}
        onClick={(event) => {
          const given = ratings.filter((rating) => rating !== null);
          setMissing(given.length < labels.length);
          if (given.length === labels.length) onAnswer({ ratings: given }, pressOf(event));
        }}
      >
        {texts.next}
      </button>
      <span className={keyStyles.problem} role="status">
        {missing ? texts.rateAllFirst : null}
      </span>
    </div>
  );
}
