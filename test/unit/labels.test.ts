import { describe, expect, it } from 'vitest';
import { labelsOf, matchesOf } from '../../src/reports/evaluation/labels.ts';

const read = (text: string) => labelsOf(Buffer.from(text));

describe('a list of labels', () => {
  it('uses the columns of HAM10000 for image, diagnosis and lesion', () => {
    const csv = 'image_id,lesion_id,dx,age\nISIC_1,HAM_7,mel,45.0\nISIC_2,HAM_8,nv,\n';
    expect(read(csv)).toEqual([
      { image: 'ISIC_1', lesion: 'HAM_7', dx: 'mel', malignant: true },
      { image: 'ISIC_2', lesion: 'HAM_8', dx: 'nv', malignant: false },
    ]);
  });

  it.each([
    ['image,label\na.jpg,malignant\nb.PNG,0\n'],
    ['\uFEFFimage;label\r\na.jpeg;Malignant\r\n\r\nb;benign\r\n'],
    ['Label\tFile\n1\ta.jpg\nBENIGN\tb\n'],
    ['"image","label","note"\n"a.jpg","1","say ""no"", please"\n"b.jpg","0","two\nlines"\n'],
  ])('is accepted in many formats: %j', (csv) => {
    expect(read(csv)).toEqual([
      { image: 'a', lesion: 'a', malignant: true },
      { image: 'b', lesion: 'b', malignant: false },
    ]);
  });

  it('prefers the group, in which duplicates of a lesion are merged', () => {
    expect(read('image,lesion_id,group,dx\na,1,2,nv\n')[0]).toMatchObject({ lesion: '2' });
  });

  it('is rejected with the line number of every bad row', () => {
    const csv = 'image,dx\na.jpg,mel\nb.jpg,scc\n,nv\na.png,nv\nc.jpg,nv,7\nd.jpg,"nv\n';
    expect(() => read(csv)).toThrow(
      expect.objectContaining({
        code: 'labels/invalid',
        message: expect.stringMatching(
          /line 3: dx “scc”.*\n.*line 4: names no image\n.*line 5: “a” is already listed in line 2\n.*line 6: 3 fields.*\n.*line 7: /,
        ) as string,
      }) as Error,
    );
  });

  it.each([
    ['', 'empty'],
    ['image,dx\n', 'no row'],
    ['picture,dx\na,nv\n', 'no column image'],
    ['image,diagnosis\na,nv\n', 'no column dx'],
    ['image,label\na,perhaps\n', 'line 2: label “perhaps”'],
  ])('%j is rejected: %s', (csv, reason) => {
    expect(() => read(csv)).toThrow(reason);
  });
});

describe('labels and images', () => {
  const labels = read('image,dx\na,nv\nsub/b.jpg,mel\nc,nv\nd,nv\n');

  it('are matched by path, or by a unique name', () => {
    const { pairs, missing, unlabelled } = matchesOf(labels, [
      'a.jpg',
      'other/a.png',
      'sub/b.jpeg',
      'x/c.png',
      'y/c.png',
      'e.jpg',
    ]);
    expect(pairs.map(({ picture, label }) => [picture, label.image])).toEqual([
      ['a.jpg', 'a'],
      ['sub/b.jpeg', 'sub/b'],
    ]);
    expect(missing).toEqual(['c', 'd']);
    expect(unlabelled).toBe(4);
  });

  it('are matched by name in subfolders', () => {
    expect(matchesOf(labels, ['deep/er/d.jpg']).pairs).toMatchObject([{ picture: 'deep/er/d.jpg' }]);
  });
});
