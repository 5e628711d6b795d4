interface CameraFacts {
  /** Whether `auto` tries it, in the order of the table: never a simulated one. */
  readonly auto?: true;
  /** A setting that it requires, and what the setting must contain. */
  readonly needs?: { readonly setting: string; readonly what: string };
}

/** Every value of KIOSK_CAMERA, with what the settings need to know about it. `src/app/camera-drivers.ts` loads the drivers. */
const CAMERAS = {
  phantom: {},
  replay: { needs: { setting: 'replayDir', what: 'a folder of images' } },
  auto: {},
  libcamera: { auto: true },
  v4l2: { auto: true },
  gstreamer: { auto: true, needs: { setting: 'cameraPipeline', what: 'a video source' } },
} as const satisfies Readonly<Record<string, CameraFacts>>;

export type CameraName = keyof typeof CAMERAS;
type NeededSetting = Extract<(typeof CAMERAS)[CameraName], { needs: object }>['needs']['setting'];
type NeededValues = Readonly<Partial<Record<NeededSetting, unknown>>>;

export const CAMERA_NAMES = Object.keys(CAMERAS) as readonly CameraName[];

const FACTS: Readonly<Record<CameraName, CameraFacts>> = CAMERAS;

export const TRIED_BY_AUTO = CAMERA_NAMES.filter((name) => FACTS[name].auto);

/** What the driver needs, if that setting is empty. */
export function missingFor(name: CameraName, values: NeededValues): CameraFacts['needs'] {
  const { needs } = FACTS[name];
  return needs !== undefined && values[needs.setting as NeededSetting] === '' ? needs : undefined;
}
