"use client";
/** Light, dark, or what the system says; one button that goes round. */
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import railStyles from "./Rail.module.css";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const words: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };
const never = () => () => {};

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const current: Theme = inBrowser && (theme === "light" || theme === "dark") ? theme : "system";
  const next = themes[(themes.indexOf(current) + 1) % themes.length] as Theme;
  return (
    <button type="button" onClick={() => setTheme(next)}>
      Theme
      <span className={`${railStyles.themeNow} t12 muted`}>{words[current]}</span>
      <span className="visuallyHidden">. Change to {words[next]}</span>
    </button>
  );
}
