import type { Cell } from '../api';

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as RFC 4180 has it, in UTF-8 with a byte order mark, without which spreadsheets take Chinese for something else. */
export function csv(columns: string[], rows: (Cell | null)[][]): Blob {
  const lines = [columns, ...rows.map((row) => row.map((cell) => cell?.text ?? ''))];
  const text = lines.map((line) => line.map(quoted).join(',') + '\r\n').join('');
  return new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' });
}

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
