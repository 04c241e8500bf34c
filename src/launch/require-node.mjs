import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFault } from './launch-fault.mjs';
import { projectFolder } from './project-folder.mjs';

/**
 * Refuses a Node that is older than package.json asks for. What is loaded before this must be readable by old versions.
 *
 * @throws LaunchFault naming both versions
 */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  const wanted = String(engines.node).replace('>=', '');
  if (isOlder(process.versions.node, wanted))
    throw new LaunchFault(
      `Feedbridge needs Node ${wanted} or newer and this is ${process.versions.node}: install it from https://nodejs.org/ and run "npm ci" again.`,
    );
}

/**
 * @param {string} version
 * @param {string} wanted
 */
function isOlder(version, wanted) {
  const have = numbersOf(version);
  const need = numbersOf(wanted);
  const differing = need.findIndex((part, index) => part !== (have[index] || 0));
  return differing >= 0 && (have[differing] || 0) < (need[differing] || 0);
}

/** @param {string} version */
function numbersOf(version) {
  return version.split('.').map(Number);
}
