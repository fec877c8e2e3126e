"use client";
/** The form of the owner account: workspace, handle, e-mail address, password, and whether the demo run starts. */
import { useId, useState } from "react";
import { postAccount } from "../session/account.ts";
import { openWithNewSession } from "../session/sessionChange.ts";
import styles from "./entrance.module.css";
import { collectProblems, describeLength, findEmailProblem, findNameProblem, findPasswordProblem } from "./entries.ts";
import { Field } from "./Field.tsx";
import { EntranceMessage, FormRefusal, Submit } from "./FormParts.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { useMinutesLeft } from "./useDescribedLink.ts";
import { useEntranceForm } from "./useEntranceForm.ts";
import { useStartDemo } from "./useStartDemo.ts";

export interface OwnerLink {
  readonly expiresAt: string;
  readonly workspaceName: string;
  /** Experiments of a workspace that was used without accounts. */
  readonly experimentCount: number;
}

interface FirstOwnerFormProps {
  readonly token: string;
  readonly link: OwnerLink;
  /** Whether the demo run is offered selected. */
  readonly startsDemo: boolean;
}

const digits = Array.from({ length: 10 }, (_, digit) => digit);

export function FirstOwnerForm({ token, link, startsDemo }: FirstOwnerFormProps) {
  const isTaken = link.experimentCount > 0;
  const [workspaceName, setWorkspaceName] = useState(link.workspaceName);
  const [name, setName] = useState("owner");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [demo, setDemo] = useState(startsDemo && !isTaken);
  const demoId = useId();
  const minutesLeft = useMinutesLeft(link.expiresAt);
  const startDemo = useStartDemo();
  const form = useEntranceForm<"workspaceName" | "name" | "email" | "password">({
    check: () =>
      collectProblems({
        workspaceName: findNameProblem(workspaceName),
        name: findNameProblem(name),
        email: findEmailProblem(email),
        password: findPasswordProblem(password),
      }),
    async submit() {
      const answer = await postAccount("/owner", { token, workspaceName: workspaceName.trim(), name: name.trim(), email, password });
      if ("refusal" in answer) return answer.refusal;
      openWithNewSession(demo ? await startDemo() : "/");
      return "leaving";
    },
  });
  if (minutesLeft === 0 && !form.busy)
    return (
      <EntranceMessage title="This link has expired">Restart the server. It prints a new link, which works for an hour.</EntranceMessage>
    );
  return (
    <>
      <ul className={styles.frames} aria-hidden="true">
        {digits.map((digit) => (
          <li key={digit} />
        ))}
      </ul>
      <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
        <div className={styles.intro}>
          <h1>Make the owner account</h1>
          <p className="second">
            The server printed this link when it started. It works once, for another <span className="n">{minutesLeft}</span>{" "}
            {minutesLeft === 1 ? "minute" : "minutes"}.
            {isTaken
              ? ` The workspace was used without accounts: the ${link.experimentCount === 1 ? "experiment" : `${link.experimentCount} experiments`} in it will be yours.`
              : null}
          </p>
        </div>
        <div className={styles.pair}>
          <Field
            label="Workspace"
            name="workspace"
            autoComplete="organization"
            autoFocus
            maxLength={100}
            value={workspaceName}
            problem={form.problems.workspaceName}
            onFocus={(event) => event.target.select()}
            onValue={setWorkspaceName}
          />
          <Field
            label="Your handle"
            name="handle"
            autoComplete="nickname"
            maxLength={100}
            value={name}
            problem={form.problems.name}
            onFocus={(event) => event.target.select()}
            onValue={setName}
          />
        </div>
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          value={email}
          problem={form.problems.email}
          onValue={setEmail}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="new-password"
          aside={describeLength(password)}
          value={password}
          problem={form.problems.password}
          onValue={setPassword}
        />
        <div className={styles.check}>
          <input id={demoId} type="checkbox" checked={demo} onChange={(event) => setDemo(event.target.checked)} />
          <label htmlFor={demoId}>Start the demo run</label>
          <span className="t12 muted">
            Ten digits from CPPNs against LeNet, about a minute on two cores. Its page opens, and the ten frames fill while you watch.
          </span>
        </div>
        <FormRefusal message={form.refusal} />
        <Submit busy={form.busy} busyLabel="Creating the account" disabled={form.secondsToWait > 0} shortcut="↵">
          Create and open
        </Submit>
        <p className={`${styles.after} t12 muted`}>You can invite others afterwards.</p>
      </form>
    </>
  );
}
