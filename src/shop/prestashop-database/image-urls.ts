import type { ShopGround } from './shop-ground.js';

/** Makes the public address of an original image; the name in a friendly address is free and only helps readers. */
export type ImageUrl = (image: {
  readonly productId: number;
  readonly imageId: number;
  readonly name: string;
}) => string;

/** The part of a shop's ground that its image addresses depend on. */
export interface ImageGround {
  readonly identity: Pick<ShopGround['identity'], 'physicalPath'>;
  readonly configuration: ShopGround['configuration'];
  readonly context: Pick<ShopGround['context'], 'baseUrl'>;
}

/**
 * The form of a shop's image addresses. Originals are named, since Amazon wants at least 500 pixels.
 *
 * @source PrestaShop classes/Link.php, classes/Image.php (measured facts, section 6)
 */
export function imageUrlsOf({ identity, configuration, context }: ImageGround): ImageUrl {
  const mediaServer = configuration.text('PS_MEDIA_SERVER_1');
  const base = mediaServer === '' ? new URL(context.baseUrl) : onHost(context.baseUrl, mediaServer);
  const root = `${base.origin}${identity.physicalPath}`;
  if (configuration.flag('PS_LEGACY_IMAGES'))
    return ({ productId, imageId }) => `${root}img/p/${productId}-${imageId}.jpg`;
  if (configuration.flag('PS_REWRITING_SETTINGS'))
    return ({ imageId, name }) => `${base.href}${imageId}/${encodeURIComponent(name || 'image')}.jpg`;
  return ({ imageId }) => `${root}img/p/${[...String(imageId)].join('/')}/${imageId}.jpg`;
}

function onHost(baseUrl: string, host: string): URL {
  const url = new URL(baseUrl);
  url.host = host;
  return url;
}
