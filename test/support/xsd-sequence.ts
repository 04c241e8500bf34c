import type { ElementFacts, Particle } from './xsd-facts.js';

/** Follows the children of one element through the sequence that its type allows. */
export class SequenceReader {
  readonly #particles: readonly Particle[];
  #at = 0;
  /** Occurrences of the element at this place. */
  #count = 0;
  /** The alternative taken at this place, with how many of its elements have come. */
  #chosen: { readonly elements: readonly ElementFacts[]; taken: number } | null = null;
  /** True after a child in the wrong place: what follows would only repeat that fault. */
  givenUp = false;

  constructor(particles: readonly Particle[]) {
    this.#particles = particles;
  }

  /** The facts of the next child, or a sentence on what was expected in its place. */
  take(name: string): ElementFacts | string {
    for (; this.#at < this.#particles.length; this.#next()) {
      const particle = this.#particles[this.#at];
      const element =
        particle?.kind === 'choice' ? this.#takeChoice(particle, name) : this.#takeElement(particle, name);
      if (element !== null) return element;
      const missing = this.#missingHere();
      if (missing !== null) return `<${name}> is not expected, but ${missing}`;
    }
    return `<${name}> is not expected here`;
  }

  /** What must still come, or null when the parent may end. */
  missingAtEnd(): string | null {
    for (; !this.givenUp && this.#at < this.#particles.length; this.#next()) {
      const missing = this.#missingHere();
      if (missing !== null) return missing;
    }
    return null;
  }

  #next(): void {
    this.#at += 1;
    this.#count = 0;
    this.#chosen = null;
  }

  #takeElement(particle: Particle | undefined, name: string): ElementFacts | null {
    if (particle?.kind !== 'element' || particle.element.name !== name) return null;
    if (this.#count >= particle.element.max) return null;
    this.#count += 1;
    return particle.element;
  }

  #takeChoice(particle: Extract<Particle, { kind: 'choice' }>, name: string): ElementFacts | null {
    this.#chosen ??= choose(particle.alternatives, name);
    const next = this.#chosen?.elements[this.#chosen.taken];
    if (this.#chosen === null || next?.name !== name) return null;
    this.#chosen.taken += 1;
    return next;
  }

  #missingHere(): string | null {
    const particle = this.#particles[this.#at];
    if (particle?.kind === 'element') return this.#count < particle.element.min ? particle.element.name : null;
    if (particle === undefined) return null;
    if (this.#chosen !== null) return this.#chosen.elements[this.#chosen.taken]?.name ?? null;
    const names = particle.alternatives.map(([first]) => first?.name ?? '');
    return particle.alternatives.some(([first]) => first?.min === 0) ? null : `one of ${names.join(', ')}`;
  }
}

function choose(alternatives: readonly (readonly ElementFacts[])[], name: string) {
  const elements = alternatives.find(([first]) => first?.name === name);
  return elements === undefined ? null : { elements, taken: 0 };
}
