"use client";
/** A button that cycles through the themes: system, light and dark. */
import { useTheme } from "next-themes";
import { useHydrated } from "../marks/useHydrated.ts";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
const labels: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

interface ThemeSwitchProps {
  /** A button of the rail, or an item of a menu. */
  readonly place: "rail" | "menu";
  readonly className?: string | undefined;
}

export function ThemeSwitch({ place, className }: ThemeSwitchProps) {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const current: Theme = hydrated && (theme === "light" || theme === "dark") ? theme : "system";
  const next = themes[(themes.indexOf(current) + 1) % themes.length] as Theme;
  return (
    <button
      type="button"
      className={className}
      {...(place === "menu" ? { role: "menuitem", tabIndex: -1 } : {})}
      onClick={() => setTheme(next)}
    >
      Theme
      <span className="t12 muted">{labels[current]}</span>
      <span className="visuallyHidden">. Change to {labels[next]}</span>
    </button>
  );
}
