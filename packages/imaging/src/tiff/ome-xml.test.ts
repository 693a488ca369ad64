import { describe, expect, it } from 'vitest';
import { parseOme, visitPlanes } from './ome-xml.ts';

function xml(pixels: string, inside: string): string {
  return `<?xml version="1.0"?><!-- made for Fiji --><ome:OME xmlns:ome="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:1">
    <ome:Image ID="Image:0"><ome:Pixels SizeX="8" SizeY="8" DimensionOrder="XYCZT" SizeZ="1" SizeC="1" SizeT="1" ${pixels}>${inside}</ome:Pixels></ome:Image></ome:OME>`;
}

function parse(sizes: string, inside: string) {
  const text = xml('', inside).replace('SizeZ="1" SizeC="1" SizeT="1"', sizes);
  const ome = parseOme('a.ome.tif', text, 1000);
  if (!ome) throw new Error('no OME-XML');
  const planes: string[] = [];
  visitPlanes(ome, (z, c, t, page) => planes.push(`z${z} c${c} t${t}: ${page}`));
  return { ome, planes };
}

describe('OME-XML', () => {
  it.for([
    ['0.325', '', 0.325],
    ['325', 'nm', 0.325],
    ['325', '&#110;m', 0.325],
    ['0.325', 'µm', 0.325],
    ['0.325', '\u03bcm', 0.325],
    ['0.000325', 'mm', 0.325],
    ['1', 'pixel', null],
    ['0', 'µm', null],
    ['NaN', 'µm', null],
  ] as const)('reads a pixel size of %s %s', ([size, unit, expected]) => {
    const ome = parseOme(
      'a.ome.tif',
      xml(`PhysicalSizeX="${size}" ${unit && `PhysicalSizeXUnit="${unit}"`}`, '<TiffData/>'),
      10,
    );
    if (expected === null) expect(ome?.pixelSizeUm).toBeNull();
    else expect(ome?.pixelSizeUm).toBeCloseTo(expected, 12);
  });

  it('takes the clock of the time points, else their interval', () => {
    const plane = (t: number, c: number, delta: string) =>
      `<ome:Plane TheZ="0" TheC="${c}" TheT="${t}" ${delta}/>`;
    const clock =
      plane(0, 0, 'DeltaT="0.5" DeltaTUnit="min"') + plane(0, 1, 'DeltaT="31"') + plane(1, 0, 'DeltaT="95"');
    const sizes = 'SizeZ="1" SizeC="2" SizeT="2"';
    expect(parse(sizes, `<ome:TiffData/>${clock}`).ome.secondsByTime).toEqual([0, 65]);
    const every = `${sizes} TimeIncrement="15" TimeIncrementUnit="min"`;
    expect(parse(every, `<ome:TiffData/>${plane(0, 0, 'DeltaT="3"')}`).ome.secondsByTime).toEqual([0, 900]);
    expect(parse(sizes, `<ome:TiffData/>${plane(0, 0, 'DeltaT="3"')}`).ome.secondsByTime).toEqual([]);
  });

  it('counts pictures, but not a scanner’s label', () => {
    const series = (...names: readonly string[]) =>
      names
        .map(
          (name) =>
            `<Image Name="${name}"><Pixels SizeX="8" SizeY="8" SizeZ="1" SizeC="1" SizeT="1"/></Image>`,
        )
        .join('');
    const count = (...names: readonly string[]) =>
      parseOme('a.ome.tif', `<OME>${series(...names)}</OME>`, 10)?.series;
    expect(count('A1', 'A2', 'A3')).toBe(3);
    expect(count('slide.svs', 'label image', 'macro image')).toBe(1);
  });

  it('counts planes in the dimension order where TiffData says nothing', () => {
    expect(parse('SizeZ="2" SizeC="2" SizeT="1"', '<ome:TiffData/>').planes).toEqual([
      'z0 c0 t0: 0',
      'z0 c1 t0: 1',
      'z1 c0 t0: 2',
      'z1 c1 t0: 3',
    ]);
  });

  it('takes the place of each plane from TiffData', () => {
    const { planes } = parse(
      'SizeZ="1" SizeC="2" SizeT="2"',
      `<ome:TiffData IFD="3" FirstT="0" FirstC="0"/><ome:TiffData IFD="0" FirstT="1" FirstC="0" PlaneCount="2"/>
       <ome:TiffData IFD="2" FirstC="1" PlaneCount="1"/>`,
    );
    expect(planes).toEqual(['z0 c0 t0: 3', 'z0 c0 t1: 0', 'z0 c1 t1: 1', 'z0 c1 t0: 2']);
  });

  it('reads a file that has been renamed, and leaves planes in other files out', () => {
    const block = (t: number, uuid: string, file: string) =>
      `<ome:TiffData IFD="0" FirstT="${t}" PlaneCount="1"><ome:UUID FileName="${file}">${uuid}</ome:UUID></ome:TiffData>`;
    expect(parse('SizeZ="1" SizeC="1" SizeT="1"', block(0, 'urn:uuid:7', 'old.tif')).planes).toHaveLength(1);
    const { ome, planes } = parse(
      'SizeZ="1" SizeC="1" SizeT="2"',
      block(0, 'urn:uuid:1', 'a.tif') + block(1, 'urn:uuid:2', 'b.tif'),
    );
    expect(planes).toEqual(['z0 c0 t0: 0']);
    expect(ome.otherFiles).toEqual(['b.tif']);
  });

  it('refuses more planes than are allowed and sizes that are no numbers', () => {
    expect(() => parse('SizeZ="1000" SizeC="1000" SizeT="1"', '')).toThrow(
      'speaks of 1000 × 1000 × 1 planes',
    );
    expect(() => parse('SizeZ="x" SizeC="1" SizeT="1"', '')).toThrow('SizeZ of its OME-XML is "x"');
  });

  it('is none where the text is something else', () => {
    expect(parseOme('a.tif', 'ImageJ=1.54f\nimages=3', 10)).toBeNull();
    expect(parseOme('a.tif', '<OME><BinaryOnly MetadataFile="a.companion.ome"/></OME>', 10)).toBeNull();
  });
});
