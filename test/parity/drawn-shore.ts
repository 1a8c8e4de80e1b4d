/**
 * A picture made by arithmetic alone, so that it is the same everywhere: sky, water, a shore and three figures.
 * (512, 512, 3), RGB, 0–255.
 */
export function drawShore(): Uint8Array {
  const side = 512;
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) rgb.set(colourAt(x, y), (y * side + x) * 3);
  }
  return rgb;
}

const figures = [
  { feetX: 130, feetY: 430, heightPx: 190, shirt: [170, 40, 45] },
  { feetX: 300, feetY: 380, heightPx: 110, shirt: [35, 60, 130] },
  { feetX: 410, feetY: 330, heightPx: 60, shirt: [220, 200, 60] },
] as const;

function colourAt(x: number, y: number): readonly number[] {
  for (const { feetX, feetY, heightPx, shirt } of figures) {
    const right = (x - feetX) / heightPx;
    const up = (feetY - y) / heightPx;
    if (((right * 100) / 6) ** 2 + (((up - 0.92) * 100) / 8) ** 2 < 1) return [215, 170, 140];
    if (up > 0.48 && up < 0.84 && Math.abs(right) < 0.1 + up * 0.04) return shirt;
    if (up > 0.5 && up < 0.82 && Math.abs(Math.abs(right) - 0.16) < 0.025) return [205, 160, 130];
    if (up > 0 && up <= 0.48 && Math.abs(Math.abs(right) - 0.06) < 0.045) return [45, 45, 60];
  }
  const grain = (x * 7 + y * 13 + ((x * y) % 11) * 5) % 17;
  if (y < 150) return [150 + grain, 180 + grain, 215 + grain];
  if (y < 260) return [60 + grain, 105 + grain, 125 + grain];
  return [140 + 2 * grain, 130 + 2 * grain, 110 + 2 * grain];
}
