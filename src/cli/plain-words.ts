const figures = new Intl.NumberFormat('en');

/** "2,000". A number's own toLocaleString makes a new formatter each time, which takes a hundred times as long. */
export function figure(count: number): string {
  return figures.format(count);
}

/** "1 product", "2,000 products". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** An instant as people read it, in UTC: "2026-11-21 14:05:09Z"; null for none. */
export function timeText(atMs: number | null): string | null {
  return atMs === null ? null : `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** The time between two instants: "0.4 s", "12 s", "3 min 20 s", "2 h 5 min"; null while it has no end. */
export function durationText(startMs: number, endMs: number | null): string | null {
  if (endMs === null) return null;
  const seconds = (endMs - startMs) / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** A size: "512 bytes", "45.1 KB", "9.5 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return counted(bytes, 'byte');
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
