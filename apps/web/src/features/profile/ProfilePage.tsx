"use client";
/** The profile of the signed-in user: name, e-mail address, password and sessions. */
import type { Account } from "../session/account.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { EmailForm } from "./EmailForm.tsx";
import { NameForm } from "./NameForm.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import styles from "./Profile.module.css";
import { SecondFactor } from "./SecondFactor.tsx";
import { SessionTable } from "./SessionTable.tsx";
import { useSessions } from "./useSessions.ts";

export function ProfilePage({ account }: { account: Account }) {
  const sessions = useSessions();
  return (
    <div className={`page ${styles.profile}`}>
      <PagePath here="Profile" />
      <div className="pageHead">
        <div>
          <h1>Profile</h1>
          <p>{account.email}</p>
        </div>
      </div>
      <div className={styles.forms}>
        <NameForm name={account.name} />
        <EmailForm email={account.email} />
        <PasswordForm email={account.email} onChanged={sessions.reload} />
      </div>
      {account.hasSecondFactor === null ? null : <SecondFactor isOn={account.hasSecondFactor} onChanged={sessions.reload} />}
      <SessionTable sessions={sessions} />
    </div>
  );
}
