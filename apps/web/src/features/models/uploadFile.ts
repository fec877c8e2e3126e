/** Uploads a file to POST /uploads and reports its progress. It uses XMLHttpRequest because fetch does not report upload progress. */
import { isOffline, noAnswerMessage } from "../marks/noAnswer.ts";

interface Upload {
  readonly id: string;
  readonly sha256: string;
  readonly byteLength: number;
}

function refusalMessage(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { error?: { message?: string }; message?: string; errors?: { message: string }[] };
    const message = body.error?.message ?? body.message ?? body.errors?.[0]?.message;
    if (message) return message;
  } catch {
    // The response is not JSON: report its status instead.
  }
  return `The upload failed with status ${status}. Nothing was stored; try again.`;
}

export function uploadFile(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/uploads");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Upload);
      else reject(new Error(refusalMessage(request.responseText, request.status)));
    };
    request.onerror = () =>
      reject(new Error(`${isOffline() ? noAnswerMessage() : "The connection was lost during the upload."} Nothing was stored; try again.`));
    request.onabort = () => reject(new Error("The upload was cancelled. Nothing was stored."));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
