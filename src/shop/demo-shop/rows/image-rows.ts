import type { PlacedProduct } from '../demo-catalogue.js';
import type { DemoRow, DemoTables } from './demo-row.js';

interface PlacedImage {
  readonly id: number;
  readonly product: PlacedProduct;
  /** From 1; the first is the cover. */
  readonly position: number;
  /** Value code of the colour it shows; null = the product as a whole. */
  readonly colour: string | null;
}

/** Rows of ps_image, ps_image_shop and ps_product_attribute_image: pictures of the product, then one of each colour. */
export function imageRows(products: readonly PlacedProduct[]): DemoTables {
  const images = placeImages(products);
  return {
    image: images.map((one) => ({
      id_image: one.id,
      id_product: one.product.productId,
      position: one.position,
      cover: cover(one),
    })),
    image_shop: images.flatMap((one) =>
      one.product.pictureShops.map((shopId) => ({
        id_product: one.product.productId,
        id_image: one.id,
        id_shop: shopId,
        cover: cover(one),
      })),
    ),
    product_attribute_image: images.flatMap(combinationImages),
  };
}

function placeImages(products: readonly PlacedProduct[]): readonly PlacedImage[] {
  const pictures = products.flatMap((product) => {
    const whole = Array.from({ length: product.pictures }, () => null);
    return [...whole, ...coloursOf(product)].map((colour, index) => ({ product, position: index + 1, colour }));
  });
  return pictures.map((picture, index) => ({ id: index + 1, ...picture }));
}

function coloursOf(product: PlacedProduct): readonly string[] {
  const values = product.combinations.flatMap((one) => one.values).filter((value) => value.group === 'colour');
  return [...new Set(values.map((value) => value.code))];
}

function combinationImages(image: PlacedImage): readonly DemoRow[] {
  if (image.colour === null) return [];
  return image.product.combinations.flatMap((one, index) => {
    const shows = one.values.some((value) => value.group === 'colour' && value.code === image.colour);
    return shows ? [{ id_product_attribute: image.product.combinationIds[index] ?? 0, id_image: image.id }] : [];
  });
}

/** 1 or NULL, never 0: the unique key allows one cover for each product. */
function cover(image: PlacedImage): number | null {
  return image.position === 1 ? 1 : null;
}
