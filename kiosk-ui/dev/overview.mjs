// Combines the screenshots of look-over.mjs into one image, for the workflow page: node kiosk-ui/dev/overview.mjs FOLDER docs/images/screens.png
import { join } from 'node:path';
import sharp from 'sharp';

const [folder, out] = process.argv.slice(2);
const SCREENS = [
  ...['patient-ready', 'retake-glare', 'result-ask', 'withheld-unlike-training'],
  ...['patient-lesions', 'patient-site-front', 'lesion', 'lesion-compare'],
  ...['log-filter', 'statistics', 'statistics-accuracy', 'settings-point'],
];
const COLUMNS = 2;
const [WIDTH, HEIGHT, GAP] = [640, 384, 16];

const pictures = await Promise.all(
  SCREENS.map((name) =>
    sharp(join(folder, `${name}-800.png`))
      .resize(WIDTH, HEIGHT)
      .toBuffer(),
  ),
);
const rows = Math.ceil(SCREENS.length / COLUMNS);
await sharp({
  create: {
    width: COLUMNS * (WIDTH + GAP) + GAP,
    height: rows * (HEIGHT + GAP) + GAP,
    channels: 3,
    background: '#5b6468',
  },
})
  .composite(
    pictures.map((input, i) => ({
      input,
      left: GAP + (i % COLUMNS) * (WIDTH + GAP),
      top: GAP + Math.floor(i / COLUMNS) * (HEIGHT + GAP),
    })),
  )
  .png({ palette: true, quality: 90 })
  .toFile(out);
