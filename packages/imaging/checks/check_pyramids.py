"""Opens the pyramids of write-pyramids.ts with tifffile (and ome-types, where it is installed) and compares
pixels of every level, pages, tags, OME metadata and pixel sizes with what was asked for."""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import tifffile

try:
    import ome_types
except ImportError:
    ome_types = None

OME = {'ome': 'http://www.openmicroscopy.org/Schemas/OME/2016-06'}


def halve(planes, reduction):
    """Planes (channel, y, x) at half their size, odd last rows and columns left out, sides of at least 1."""
    _, height, width = planes.shape
    h, w = max(1, height // 2), max(1, width // 2)
    dy, dx = int(height > 1), int(width > 1)
    ys, xs = 2 * np.arange(h), 2 * np.arange(w)
    at = lambda j, i: planes[:, ys + j * dy][:, :, xs + i * dx]
    if reduction == 'nearest':
        return at(0, 0)
    wide = np.int64 if planes.dtype.kind in 'ui' else np.float64
    total = sum(at(j, i).astype(wide) for j in (0, 1) for i in (0, 1))
    if wide is np.int64:
        return ((total + 2) // 4).astype(planes.dtype)
    return (total / 4).astype(planes.dtype)


def check(folder, fact):
    path = folder / f"{fact['name']}.ome.tif"
    with tifffile.TiffFile(path) as file:
        assert file.is_ome and file.is_bigtiff == fact['bigTiff']
        assert len(file.series) == 1
        series = file.series[0]
        root = ElementTree.fromstring(file.ome_metadata)
        pixels = root.find('ome:Image/ome:Pixels', OME)
        raw = np.fromfile(folder / f"{fact['name']}.raw", dtype=series.dtype)
        planes = raw.reshape(fact['channels'], fact['height'], fact['width'])
        rgb = file.pages[0].samplesperpixel == 3
        assert rgb == fact['name'].startswith('rgb')
        assert len(file.pages) == (1 if rgb else fact['channels'])
        assert [(level.shape[-2 - rgb], level.shape[-1 - rgb]) for level in series.levels] == [
            (level['height'], level['width']) for level in fact['levels']
        ], [level.shape for level in series.levels]
        for index, level in enumerate(series.levels):
            if index > 0:
                planes = halve(planes, fact['reduction'])
            read = level.asarray()
            read = np.moveaxis(read, -1, 0) if rgb else read.reshape(planes.shape)
            assert read.dtype == planes.dtype
            if planes.dtype.kind == 'f' and index > 0:
                np.testing.assert_allclose(read, planes, rtol=1e-6)
            else:
                np.testing.assert_array_equal(read, planes)
            for page in level.pages:
                page = page.aspage()
                assert (page.tilewidth, page.tilelength) == (512, 512)
                assert page.compression == 8 and page.predictor == (3 if planes.dtype.kind == 'f' else 2)
                assert page.subfiletype == int(index > 0)
                assert page.software == 'CellMixer'
                size = fact['pixelSizeUm']
                if size is not None:
                    above, below = page.tags['XResolution'].value
                    assert page.resolutionunit == 3
                    assert abs(10_000 * below / above / 2**index / size - 1) < 1e-8
        size = fact['pixelSizeUm']
        assert pixels.get('PhysicalSizeX') == pixels.get('PhysicalSizeY') == (size and str(size))
        assert pixels.get('PhysicalSizeXUnit') == (size and 'µm')
        assert pixels.get('SignificantBits') == (str(fact['significantBits']) if 'significantBits' in fact else None)
        assert pixels.get('DimensionOrder') == 'XYCZT' and int(pixels.get('SizeC')) == fact['channels']
        names = [channel.get('Name') for channel in pixels.findall('ome:Channel', OME)]
        assert names == fact.get('channelNames', [None] * len(file.pages)), names
        if ome_types:
            ome = ome_types.from_xml(file.ome_metadata, validate=True)
            got = ome.images[0].pixels
            assert got.physical_size_x == size and got.size_x == fact['width']
            assert [block.ifd for block in got.tiff_data_blocks] == list(range(len(file.pages)))
            assert [block.uuid for block in got.tiff_data_blocks] == [None] * len(file.pages)
            assert ome.uuid.startswith('urn:uuid:')
        print(f"{fact['name']}: {series.axes} {series.shape} {series.dtype}, {len(series.levels)} levels, exact")


folder = pathlib.Path(sys.argv[1])
for fact in json.loads((folder / 'facts.json').read_text()):
    check(folder, fact)
print(f"tifffile {tifffile.__version__}, ome-types {ome_types.__version__ if ome_types else 'not installed'}")
