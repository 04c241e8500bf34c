/** Where a setting is given: the narrower one wins. */
export type SettingScope =
  | { readonly kind: 'global' }
  | { readonly kind: 'account'; readonly accountId: number }
  | { readonly kind: 'marketplace'; readonly marketplaceId: number; readonly accountId: number };

export type SettingScopeKind = SettingScope['kind'];

/** The column `scope_id`: 0 for the global scope. */
export function scopeId(scope: SettingScope): number {
  if (scope.kind === 'global') return 0;
  return scope.kind === 'account' ? scope.accountId : scope.marketplaceId;
}

/** The scopes in which a value is looked for, narrowest first. */
export function scopeChain(scope: SettingScope): readonly SettingScope[] {
  if (scope.kind === 'global') return [scope];
  if (scope.kind === 'account') return [scope, { kind: 'global' }];
  return [scope, { kind: 'account', accountId: scope.accountId }, { kind: 'global' }];
}

/** The scope in words: "everywhere", "account 3", "marketplace 7". */
export function describeScope(scope: SettingScope): string {
  return scope.kind === 'global' ? 'everywhere' : `${scope.kind} ${scopeId(scope)}`;
}
