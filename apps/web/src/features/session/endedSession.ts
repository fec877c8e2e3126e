/** Why a session ended, from the page that met its end to the sign-in page, which says it. It is kept for the tab. */

export type SessionEnding = "expired" | "ended";

const key = "pareidolia.sessionEnding";

export function noteEnding(ending: SessionEnding): void {
  try {
    sessionStorage.setItem(key, ending);
  } catch {
    // Without storage, the sign-in page says less.
  }
}

/** Null if no page has noted one. */
export function findEnding(): SessionEnding | null {
  try {
    const noted = sessionStorage.getItem(key);
    return noted === "expired" || noted === "ended" ? noted : null;
  } catch {
    return null;
  }
}

export function forgetEnding(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was noted either.
  }
}
