import { describe, expect, it } from 'vitest';
import { drawCurves } from '../../src/evaluate/draw-curves.ts';

const texts = { title: 'Persons & boats', across: 'recall', up: 'precision', mark: 'own threshold' };

describe('drawCurves', () => {
  it('puts recall to the right and precision upwards', () => {
    const svg = drawCurves(
      [
        {
          name: 'one',
          points: [
            [0, 1, 0.9],
            [0.5, 0.25, 0.1],
          ],
          mark: undefined,
        },
      ],
      texts,
    );
    expect(svg).toContain('d="M70 50L310 410"');
    expect(svg).not.toContain('M70 530L550 50');
  });

  it('draws the line of equal shares where it is wished', () => {
    const svg = drawCurves([], { ...texts, diagonal: true });
    expect(svg).toContain('d="M70 530L550 50"');
    expect(svg).not.toContain('<circle');
  });

  it('tells nine curves apart by colour and stroke', () => {
    const curves = Array.from({ length: 9 }, (_, at) => ({ name: `m${at}`, points: [], mark: undefined }));
    const styles = drawCurves(curves, texts).match(/stroke="#\w+" stroke-width="2.5" stroke-dasharray="[^"]*"/g);
    expect(new Set(styles).size).toBe(9);
  });

  it('keeps names from being read as XML', () => {
    const svg = drawCurves([{ name: '<a> & "b"', points: [], mark: undefined }], texts);
    expect(svg).toContain('&lt;a&gt; &amp; &quot;b&quot;');
    expect(svg).toContain('Persons &amp; boats');
  });
});
