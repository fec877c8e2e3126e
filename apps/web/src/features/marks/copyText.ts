/** Copies a text to the clipboard. */

/** For pages that a laboratory serves without HTTPS, where browsers lack `navigator.clipboard`. */
function copySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  // A modal dialog refuses the focus to elements outside it.
  (focused?.parentElement ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}

/** Call it while an event of the user is handled. Resolves to whether the browser allowed it. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard === undefined) return copySelection(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
