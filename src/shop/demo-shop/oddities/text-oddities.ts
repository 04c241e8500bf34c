import { everywhere, type Localized, localize, textAt } from '../words/localized.js';
import { type Oddity, oddityOf } from './oddity.js';

const text = oddityOf('text');

const TITLE_CHARACTERS = 400;
const LONG_DESCRIPTION_PARAGRAPHS = 220;

const ENTITY_SOUP =
  '<p>Caf&eacute; &amp; th&eacute; &amp;amp; sucre&nbsp;: 5&nbsp;&euro; &lt;TTC&gt; &#8217; &#x2019; &bogus; &#0; &#xD800; &</p>' +
  '<p>&quot;Grand&quot; mod&egrave;le &mdash; &frac12;&nbsp;litre &hellip; &copy; AT&T &#x1F375;</p>';

const BROKEN_HTML =
  '<h2>Mode d\'emploi<h2><p onclick="alert(1)">Rincer <b>avant <i>usage</b></i><br><br/>' +
  '<script>track("vue");</script><style>p{color:red}</style><ul><li>un<li>deux<table><tr><td>trois</ul>' +
  '<!-- note interne : marge 55 % --><img src="cms/guide.png" alt="Guide"><a href="https://demo-shop.example/aide">Aide</a>';

/** Texts and pictures that break careless programs. */
export const textOddities: readonly Oddity[] = [
  // PrestaShop 8.2 stops at 128 characters; shops with a widened column keep such titles.
  text('title-of-400-characters', ['VASE', 'Interminable'], (product) => ({
    ...product,
    name: localize((_, at) => fill(`${textAt(product.name, at)}, ${stripTags(textAt(product.shortDescription, at))} `)),
  })),
  text('control-characters', ['DESK', 'Copier-coller'], (product) => ({
    ...product,
    description: around(product.description, '\u0000', '\u000b\u001f\ufffe'),
  })),
  text('entity-soup', ['CARD', 'Café & thé'], { description: everywhere(ENTITY_SOUP) }),
  text('broken-html', ['BOARD', 'Pressée'], { description: everywhere(BROKEN_HTML) }),
  text('very-long-description', ['STOVE', 'Encyclopédie'], (product) => ({
    ...product,
    description: localize((_, at) => textAt(product.description, at).repeat(LONG_DESCRIPTION_PARAGRAPHS)),
  })),
  text('emoji', ['BASKET', 'Été 🌿'], (product) => ({
    ...product,
    shortDescription: localize(
      (_, at) => `<p>🧺👩‍👩‍👧 ${stripTags(textAt(product.shortDescription, at))} \u202eabc\u202c</p>`,
    ),
  })),
  text('missing-translation', ['SCALE', 'Solo'], (product) => ({
    ...product,
    name: keepOnly(product.name, ['fr', 'en']),
    description: keepOnly(product.description, ['fr']),
  })),
  text('missing-default-language', ['FAN', 'Einsam'], (product) => ({
    ...product,
    name: keepOnly(product.name, ['de']),
  })),
  text('no-description', ['KETTLE', 'Nue'], { description: everywhere(''), shortDescription: everywhere('') }),
  text('no-brand', ['BOARD', 'Artisan'], { brand: null }),
  text('no-category', ['BOOK', 'Inclassable'], { category: null }),
  text('no-picture', ['CLOCK', 'Invisible'], { pictures: 0 }),
  text('pictures-of-other-shop', ['LAMP', 'Éclipse'], { pictureShops: [2] }),
];

function fill(sentence: string): string {
  return [...sentence.repeat(Math.ceil(TITLE_CHARACTERS / sentence.length))].slice(0, TITLE_CHARACTERS).join('');
}

function stripTags(html: string): string {
  return html.replace(/<[^>]+>/g, '');
}

function around(texts: Localized, before: string, after: string): Localized {
  return localize((_, at) => `${before}${textAt(texts, at)}${after}`);
}

function keepOnly(texts: Localized, languages: readonly string[]): Localized {
  return localize((language, at) => (languages.includes(language) ? textAt(texts, at) : ''));
}
