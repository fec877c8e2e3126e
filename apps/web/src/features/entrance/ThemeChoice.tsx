"use client";
/** The three themes as buttons in a line. */
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import styles from "./ThemeChoice.module.css";

const themes = [
  ["light", "Light"],
  ["dark", "Dark"],
  ["system", "System"],
] as const;
const noSubscription = () => () => {};

export function ThemeChoice() {
  const { theme = "system", setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
  return (
    <span role="group" aria-label="Theme" className={styles.choice}>
      {themes.map(([id, label]) => (
        <button key={id} type="button" aria-pressed={inBrowser && theme === id} onClick={() => setTheme(id)}>
          {label}
        </button>
      ))}
    </span>
  );
}
