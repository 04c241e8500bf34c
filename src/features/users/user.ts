/** What a user may do; told apart from a later version on, until then every role may do everything. */
export type Role = 'admin' | 'operator' | 'support' | 'read-only';

/** Someone who may log in. */
export interface User {
  readonly id: number;
  /** In lower case. */
  readonly name: string;
  readonly role: Role;
  readonly createdAtMs: number;
}
