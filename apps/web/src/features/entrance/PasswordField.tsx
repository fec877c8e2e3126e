"use client";
/** A password field with a button that shows its characters. */
import { useState } from "react";
import styles from "./Field.module.css";
import { Field, type FieldProps } from "./Field.tsx";

export function PasswordField(props: Omit<FieldProps, "type" | "action">) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={shown ? "text" : "password"}
      autoCapitalize="none"
      spellCheck={false}
      action={
        <button type="button" className={styles.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? "Hide" : "Show"}
          <span className="visuallyHidden"> the password</span>
        </button>
      }
    />
  );
}
