import type { JSX } from 'preact';

/** Strokes on a 24 × 24 grid. */
const PATHS = {
  capture: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7'],
  upload: ['M12 15V4', 'M7.5 8.5L12 4l4.5 4.5', 'M4 15v5h16v-5'],
  log: ['M5 6h.01', 'M5 12h.01', 'M5 18h.01', 'M9.5 6H20', 'M9.5 12H20', 'M9.5 18H20'],
  menu: ['M4 6h16', 'M4 12h16', 'M4 18h16'],
  language: [
    'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
    'M3 12h18',
    'M12 3c-5 5-5 13 0 18',
    'M12 3c5 5 5 13 0 18',
  ],
  about: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M12 11v6', 'M12 7.2h.01'],
  back: ['M10.5 5L3.5 12l7 7', 'M4 12h17'],
  older: ['M6 9l6 6l6-6'],
  newer: ['M6 15l6-6l6 6'],
  open: ['M9 5l7 7l-7 7'],
  check: ['M4 12.5l5.5 5.5L20 6.5'],
  cross: ['M5.5 5.5l13 13', 'M18.5 5.5l-13 13'],
  retake: ['M4.5 12a7.5 7.5 0 1 0 2.6-5.7', 'M7.5 2.5v4.3h4.3'],
  warning: ['M12 3.5L2.5 20.5h19L12 3.5', 'M12 10v4.5', 'M12 17.4h.01'],
  wait: ['M6 3h12', 'M6 21h12', 'M7.5 3c0 5 9 6 9 9s-9 4-9 9', 'M16.5 3c0 5-9 6-9 9s9 4 9 9'],
  file: ['M6 3h8l4.5 4.5V21H6V3', 'M14 3v5h4.5'],
  camera: ['M3 7.5h4.5L9 5h6l1.5 2.5H21V19H3V7.5', 'M12 9.5a3.7 3.7 0 1 0 0 7.4a3.7 3.7 0 1 0 0-7.4'],
  overview: ['M3.5 4.5h17v15h-17V4.5', 'M9 9.5h6v5H9V9.5'],
  none: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M5.6 5.6l12.8 12.8'],
  above: ['M12 4l9 15.5H3L12 4'],
  at: ['M12 2.5l9.5 9.5l-9.5 9.5L2.5 12L12 2.5'],
  below: ['M12 20L3 4.5h18L12 20'],
  test: ['M5 4h14v16H5V4', 'M8 9l1.5 1.5L12 8', 'M14.5 9.5H17', 'M8 15l1.5 1.5L12 14', 'M14.5 15.5H17'],
  unknown: [
    'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
    'M9.3 9.4a2.8 2.8 0 1 1 3.9 2.6q-1.2 .6-1.2 1.9',
    'M12 16.9h.01',
  ],
  light: ['M9 18h6', 'M10 21h4', 'M8.5 14.5a5.5 5.5 0 1 1 7 0q-.7 .7-.7 1.5h-5.6q0-.8-.7-1.5'],
  search: ['M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13', 'M15.5 15.5L21 21'],
  filter: ['M3 5h18l-7 8v6l-4 2v-8L3 5'],
  statistics: ['M4 20h16', 'M6 16v-4', 'M12 16V5', 'M18 16V9'],
  course: ['M3.5 19.5L9 13l4 3.5L20.5 7', 'M15.5 6.5h5.3v5.3'],
  compare: ['M3.5 5h7.5v14H3.5V5', 'M13 5h7.5v14H13V5'],
  add: ['M12 4.5v15', 'M4.5 12h15'],
  edit: ['M4 20l1-4.5L16.2 4.3a2 2 0 0 1 2.8 0l.7 .7a2 2 0 0 1 0 2.8L8.5 19L4 20', 'M14 6.5l3.5 3.5'],
  erase: ['M9 5h12v14H9l-6.5-7L9 5', 'M12 9.5l5 5', 'M17 9.5l-5 5'],
  capitals: ['M12 3.5L3.5 12.5H8V20h8v-7.5h4.5L12 3.5'],
  patient: ['M12 3.5a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4', 'M4 21c0-4.5 3.5-6.5 8-6.5s8 2 8 6.5'],
  deselect: ['M9.5 3.5a4 4 0 1 0 0 8a4 4 0 1 0 0-8', 'M2 21c0-4.5 3.2-6.5 7.5-6.5s7.5 2 7.5 6.5', 'M16 9h6'],
  minus: ['M5 12h14'],
  plus: ['M5 12h14', 'M12 5v14'],
  locked: ['M5.5 11h13v9.5h-13V11', 'M8 11V7.5a4 4 0 0 1 8 0V11', 'M12 14.5v2.5'],
  settings: ['M4 7h9', 'M17 7h3', 'M15 4.8v4.4', 'M4 17h3', 'M11 17h9', 'M9 14.8v4.4'],
  withheld: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M7.5 12h9'],
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside text, never instead of it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {PATHS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
