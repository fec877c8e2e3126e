/** The product's logo: two pixels and a line that look like a face. */
export function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" fill="currentColor">
      <rect x=".5" y=".5" width="17" height="17" fill="none" stroke="currentColor" />
      <path d="M4 5h3v3H4zM11 5h3v3h-3zM5 12h8v2H5z" />
    </svg>
  );
}
