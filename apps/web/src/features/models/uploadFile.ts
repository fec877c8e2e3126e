/** Sends a file's bytes to POST /uploads and tells how far it is; fetch cannot tell progress of what it sends, so XMLHttpRequest does. */
import { isOffline, noAnswerWords } from "../marks/noAnswer.ts";

interface Upload {
  readonly id: string;
  readonly sha256: string;
  readonly byteLength: number;
}

function refusal(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { error?: { message?: string }; message?: string; errors?: { message: string }[] };
    const said = body.error?.message ?? body.message ?? body.errors?.[0]?.message;
    if (said) return said;
  } catch {
    // The answer is no JSON: the status has to do.
  }
  return `The upload was answered ${status}. Nothing was stored; try again.`;
}

export function uploadFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/uploads");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Upload);
      else reject(new Error(refusal(request.responseText, request.status)));
    };
    request.onerror = () =>
      reject(
        new Error(`${isOffline() ? noAnswerWords() : "The connection was lost while the file was sent."} Nothing was stored; try again.`),
      );
    request.onabort = () => reject(new Error("The upload was stopped. Nothing was stored."));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
