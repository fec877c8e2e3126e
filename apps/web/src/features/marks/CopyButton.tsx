"use client";
/** A button that copies text and briefly shows "Copied". */
import { useEffect, useState } from "react";
import { copyText } from "./copyText.ts";
import styles from "./ToolButton.module.css";

interface CopyButtonProps {
  /** The text, or a function called on click for text that depends on the browser, such as the page's URL. */
  readonly text: string | (() => string);
  readonly label?: string;
  readonly className?: string | undefined;
  readonly autoFocus?: boolean;
}

export function CopyButton({ text, label = "Copy", className = styles.toolButton, autoFocus = false }: CopyButtonProps) {
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
      autoFocus={autoFocus}
      aria-live="polite"
      onClick={() => {
        void copyText(typeof text === "string" ? text : text()).then((copied) => setOutcome(copied ? "Copied" : "Copying failed"));
      }}
    >
      {outcome ?? label}
    </button>
  );
}
