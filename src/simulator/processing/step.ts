/** Something that becomes due at an instant. */
export interface Step {
  readonly atMs: number;
  take(): Promise<void>;
}
