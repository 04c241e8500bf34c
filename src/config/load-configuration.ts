import { resolve } from 'node:path';
import type { Configuration } from './configuration.js';
import { configurationOf, environmentSchema } from './environment.js';
import { type ConfigurationFault, InvalidConfiguration } from './invalid-configuration.js';
import { nearestName } from './nearest-name.js';
import { readTextFile } from './read-text-file.js';
import { environmentLayer, fileLayer, type SettingLayer } from './setting-layer.js';

/** Read elsewhere than by the schema: the settings file itself, and the folder that tests compare with. */
const OTHER_NAMES = ['FEEDBRIDGE_CONFIG', 'FEEDBRIDGE_SHARED'];

/**
 * Reads all settings: from the environment, and what is missing there from the file that FEEDBRIDGE_CONFIG names or, without
 * it, from `.env` in the working folder. A secret is also taken from the file that NAME_FILE names. Empty texts count as not set.
 *
 * @param origin environment defaults to this process's, workingFolder (absolute) to its current one
 * @throws InvalidConfiguration naming every fault at once, no secret among them
 */
export function loadConfiguration(
  origin: { environment?: NodeJS.ProcessEnv; workingFolder?: string } = {},
): Configuration {
  const { environment = process.env, workingFolder = process.cwd() } = origin;
  const faults: ConfigurationFault[] = [];
  const schema = environmentSchema(workingFolder);
  const layers = [environmentLayer(environment), fileLayer(environment.FEEDBRIDGE_CONFIG ?? '', workingFolder, faults)];
  const places = new Map<string, string>();
  const texts: Record<string, string> = {};
  for (const [name, { meta }] of Object.entries(schema.shape)) {
    const text = findText(name, layers, { secret: meta()?.secret === true, workingFolder, faults });
    if (text === null) continue;
    texts[name] = text.text;
    places.set(name, text.where);
  }
  faults.push(...layers.flatMap((layer) => unknownNames(layer, knownNames(schema))));
  const result = schema.safeParse(texts);
  for (const { path, message } of result.error?.issues ?? [])
    faults.push({ where: places.get(String(path[0])) ?? String(path[0]), message });
  if (!result.success || faults.length > 0) throw new InvalidConfiguration({ faults });
  return configurationOf(result.data);
}

const fileNameOf = (name: string) => `${name}_FILE`;

function knownNames(schema: ReturnType<typeof environmentSchema>): readonly string[] {
  const settings = Object.entries(schema.shape);
  const secrets = settings.filter(([, { meta }]) => meta()?.secret === true);
  return [...settings.map(([name]) => name), ...secrets.map(([name]) => fileNameOf(name)), ...OTHER_NAMES];
}

interface Search {
  readonly secret: boolean;
  readonly workingFolder: string;
  readonly faults: ConfigurationFault[];
}

/** A setting's text from the first layer that has it, a secret's also by way of NAME_FILE; null when there is none. */
function findText(
  name: string,
  layers: readonly SettingLayer[],
  { secret, workingFolder, faults }: Search,
): { text: string; where: string } | null {
  const fileName = fileNameOf(name);
  const layer = layers.find(({ texts }) => texts.has(name) || (secret && texts.has(fileName)));
  const text = layer?.texts.get(name);
  const file = secret ? layer?.texts.get(fileName) : undefined;
  if (layer === undefined || (text === undefined && file === undefined)) return null;
  if (file === undefined) return text === undefined ? null : { text, where: layer.where(name) };
  const where = layer.where(fileName);
  if (text !== undefined) {
    faults.push({ where, message: `expected either ${name} or ${fileName}, got both. Remove one of them.` });
    return null;
  }
  const content = readTextFile(resolve(workingFolder, file), where, faults)?.trim();
  if (content === '')
    faults.push({ where, message: 'expected a file that holds the secret, got an empty one. Write it there.' });
  return content === undefined || content === '' ? null : { text: content, where };
}

function unknownNames(layer: SettingLayer, known: readonly string[]): readonly ConfigurationFault[] {
  const strange = [...layer.texts.keys()].filter((name) => name.startsWith('FEEDBRIDGE_') && !known.includes(name));
  return strange.map((name) => {
    const near = nearestName(name, known);
    const fix = near === undefined ? '.env.example lists them all.' : `Did you mean ${near}?`;
    return { where: layer.where(name), message: `expected the name of a setting, got an unknown one. ${fix}` };
  });
}
