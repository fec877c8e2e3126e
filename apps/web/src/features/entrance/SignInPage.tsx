"use client";
/** The sign-in page: one exhibit, and the form. */
import { useState } from "react";
import { Link } from "../marks/Link.tsx";
import { forgetEnding } from "../session/endedSession.ts";
import { openWithNewSession } from "../session/sessionChange.ts";
import { CodeForm } from "./CodeForm.tsx";
import { EndedNote } from "./EndedNote.tsx";
import { EntranceFrame } from "./EntranceFrame.tsx";
import { ExhibitPlaque } from "./ExhibitPlaque.tsx";
import styles from "./entrance.module.css";
import { collectProblems, findEmailProblem } from "./entries.ts";
import type { Exhibit } from "./exhibit.ts";
import { Field } from "./Field.tsx";
import { FormRefusal, Submit } from "./FormParts.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { ProviderButton } from "./ProviderButton.tsx";
import { signIn } from "./signIn.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

interface SignInPageProps {
  readonly next: string;
  readonly exhibit: Exhibit;
  /** Name of the OpenID Connect provider; null without one. */
  readonly provider: string | null;
  /** Why a sign-in with the provider was refused; null if none was. */
  readonly providerRefusal: string | null;
  /** Whether the browser has the cookie of a session that has ended. */
  readonly hadSession: boolean;
}

export function SignInPage({ next, exhibit, provider, providerRefusal, hadSession }: SignInPageProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const enter = async (): Promise<"leaving"> => {
    forgetEnding();
    openWithNewSession(next);
    return "leaving";
  };
  const form = useEntranceForm<"email" | "password">({
    check: () => collectProblems({ email: findEmailProblem(email), password: password === "" ? "Enter your password." : undefined }),
    async submit() {
      const answer = await signIn(email, password);
      if (answer === null) return enter();
      if (answer !== "code") return answer;
      setNeedsCode(true);
      return null;
    },
  });
  if (needsCode)
    return (
      <EntranceFrame>
        <CodeForm onSignedIn={enter} onBack={() => setNeedsCode(false)} />
      </EntranceFrame>
    );
  return (
    <EntranceFrame>
      <ExhibitPlaque exhibit={exhibit} />
      <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
        <h1>Sign in</h1>
        <EndedNote hadSession={hadSession} />
        {provider === null ? (
          <FormRefusal message={providerRefusal} />
        ) : (
          <ProviderButton name={provider} next={next} refusal={providerRefusal} />
        )}
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          problem={form.problems.email}
          onValue={setEmail}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          aside={
            <Link className="link" href="/reset">
              Forgot it
            </Link>
          }
          value={password}
          problem={form.problems.password}
          onValue={setPassword}
        />
        <FormRefusal message={form.refusal} />
        <Submit busy={form.busy} busyLabel="Signing in" disabled={form.secondsToWait > 0}>
          Sign in
        </Submit>
        <p className={`${styles.after} t12 muted`}>
          No account? Ask an owner of your workspace for an invitation. On a new installation, open the link that the server printed.
        </p>
        <p className="t12">
          <Link className="link" href="/public">
            See public experiments
          </Link>
        </p>
      </form>
    </EntranceFrame>
  );
}
