import sharp from 'sharp';

/** A believable smudge: skin with noise and a darker, uneven blob. Drawn from a formula, taken from nobody. */
export async function drawLesion({ width = 640, height = 480, phase = 0, turned = 0, scale = 1 } = {}) {
  const pixels = Buffer.alloc(width * height * 3);
  let seed = 20_260_101 + Math.round(phase * 1000);
  const noise = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = (x - width / 2 - 8 * Math.sin(phase)) / height / scale;
      const dy = (y - height / 2 - 6 * Math.cos(phase * 1.3)) / height / scale;
      const angle = Math.atan2(dy, dx) - turned;
      const edge =
        0.2 +
        0.035 * Math.sin(3 * angle + 0.6) +
        0.022 * Math.sin(5 * angle + 2) +
        0.012 * Math.sin(9 * angle);
      const inside = 1 / (1 + Math.exp((Math.hypot(dx, dy) - edge) * 70));
      const net =
        0.5 + 0.5 * Math.sin(x * 0.42 + 2 * Math.sin(y * 0.11)) * Math.sin(y * 0.4 + 2 * Math.sin(x * 0.09));
      const light = 1 - 0.55 * Math.hypot(dx, dy) ** 2;
      const skin = [226, 168, 143];
      const pigment = [118 - 46 * net, 72 - 34 * net, 52 - 26 * net];
      for (let c = 0; c < 3; c += 1) {
        const value = (skin[c] * (1 - inside) + pigment[c] * inside) * light + 14 * noise();
        pixels[(y * width + x) * 3 + c] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}
