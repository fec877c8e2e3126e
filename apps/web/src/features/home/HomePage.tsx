"use client";
/** Home: what runs now, what ended, and the first step where nothing has. */
import { PagePath } from "../shell/PagePath.tsx";

export function HomePage() {
  return (
    <div className="page">
      <PagePath here="Home" />
      <h1>Pareidolia</h1>
    </div>
  );
}
