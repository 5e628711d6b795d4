/** The views of the body map. */
export const BODY_VIEWS = ['front', 'back', 'head', 'hands', 'feet'] as const;

export type BodyView = (typeof BODY_VIEWS)[number];

/** Sites on both sides of the body; the side is the patient's. */
const PAIRED = {
  front: ['chest', 'abdomen', 'upper-arm-front', 'forearm-front', 'thigh-front', 'shin'],
  back: ['upper-back', 'lower-back', 'buttock', 'upper-arm-back', 'forearm-back', 'thigh-back', 'calf'],
  head: ['eye', 'ear', 'cheek'],
  hands: ['hand-back', 'fingers-back', 'palm', 'fingers-palm'],
  feet: ['foot-top', 'toes', 'sole', 'heel'],
} as const satisfies Record<BodyView, readonly string[]>;

/** Sites on the midline. */
const SINGLE = {
  head: ['scalp', 'forehead', 'nose', 'mouth', 'neck', 'scalp-back', 'nape'],
} as const;

export const SIDES = ['right', 'left'] as const;

export type Side = (typeof SIDES)[number];

type PairedPart = (typeof PAIRED)[BodyView][number];
type SinglePart = (typeof SINGLE)['head'][number];

/** A site without its side, as it is named in texts. */
export type BodyPart = PairedPart | SinglePart;

/** `chest-left`, `nose`: the site of a lesion. */
export type BodySite = `${PairedPart}-${Side}` | SinglePart;

const paired = (view: BodyView): BodySite[] =>
  PAIRED[view].flatMap((part) => SIDES.map((side): BodySite => `${part}-${side}`));

export const SITES: Readonly<Record<BodyView, readonly BodySite[]>> = {
  front: paired('front'),
  back: paired('back'),
  head: [...SINGLE.head, ...paired('head')],
  hands: paired('hands'),
  feet: paired('feet'),
};

export const BODY_SITES: readonly BodySite[] = BODY_VIEWS.flatMap((view) => SITES[view]);

/** Splits a site into part and side. */
export function partOf(site: BodySite): { readonly part: BodyPart; readonly side?: Side } {
  const side = SIDES.find((candidate) => site.endsWith(`-${candidate}`));
  const part = side === undefined ? site : site.slice(0, -side.length - 1);
  return { part: part as BodyPart, ...(side === undefined ? {} : { side }) };
}
