"use client";
/** Copies text and says so in place for a moment. */
import { useEffect, useState } from "react";
import styles from "./ToolButton.module.css";

interface CopyButtonProps {
  /** The text, or what makes it when the button is pressed (an address is known only in the browser). */
  readonly text: string | (() => string);
  readonly label?: string;
  readonly className?: string | undefined;
}

export function CopyButton({ text, label = "Copy", className = styles.toolButton }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 1600);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <button
      type="button"
      className={className}
      aria-live="polite"
      onClick={() => {
        navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
          () => setOutcome("Copied"),
          () => setOutcome("Not allowed here"),
        );
      }}
    >
      {outcome ?? label}
    </button>
  );
}
