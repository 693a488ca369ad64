"""The same foreground as packages/cellmixer/src/foreground (transmitted light) in SciPy and scikit-image.

Reads one line of JSON {"pictures": [{"file", "width", "height"}…], "masks": folder}; the files hold float32. Then each
line "run" segments all pictures and answers {"seconds", "cpuSeconds"}; "masks" writes the masks as bytes; "end" ends.
Every step takes the fastest of the ways that SciPy and scikit-image offer (tried: binary_dilation, isotropic_dilation).
"""

import json
import sys
import time

import numpy as np
import scipy
import skimage
from scipy import ndimage as ndi
from skimage.filters import threshold_li, threshold_otsu, threshold_triangle
from skimage.transform import downscale_local_mean

SIGMA, SENSITIVITY, CLOSING, HOLE, EROSION, SMALLEST, BAND = 1.5, 2.5, 1.5, 50, 2.5, 90, 2.0
FLOOR, BORDER_SHARE, OPENING = 0.001, 0.4, 2.0
EIGHT = np.ones((3, 3), bool)


def disk(radius):
    r = int(radius)
    y, x = np.mgrid[-r : r + 1, -r : r + 1]
    return x * x + y * y <= radius * radius


DISKS = {radius: disk(radius) for radius in (CLOSING, EROSION, BAND, OPENING)}


def dilate(mask, radius):
    return ndi.binary_dilation(mask, DISKS[radius])


def erode(mask, radius):
    return ndi.binary_erosion(mask, DISKS[radius], border_value=1)


def sample(values):
    step = max(1, values.size // 10_000)
    while step > 1 and (values.shape[1] % step == 0 or step % 2 == 0):
        step += 1
    return np.sort(values.ravel()[::step])


def leftmost_peak(smooth):
    padded = np.concatenate(([0], smooth, [0]))
    peaks = np.flatnonzero((smooth >= padded[:-2]) & (smooth > padded[2:]) & (smooth >= 0.25 * smooth.max()))
    for peak in peaks:
        higher = np.flatnonzero(smooth[peak:] > smooth[peak])
        if higher.size == 0 or smooth[peak : peak + higher[0]].min() <= 0.7 * smooth[peak]:
            return peak
    return int(smooth.argmax())


def background_mode(ordered):
    low, high = np.quantile(ordered, [0.0005, 0.9995])
    counts, edges = np.histogram(ordered, 256, (low, high))
    smooth = ndi.gaussian_filter1d(counts.astype(float), 3, mode="constant")
    peak = leftmost_peak(smooth)
    mode = (edges[peak] + edges[peak + 1]) / 2
    below = ordered[ordered < mode]
    return mode, 1.4826 * (mode - np.median(below))


def wide_mean(image, weights, sigma):
    factor = max(1, int(sigma / 5))
    top = downscale_local_mean(image * weights, (factor, factor))
    bottom = downscale_local_mean(weights, (factor, factor))
    grid = ndi.gaussian_filter(top, sigma / factor) / np.maximum(ndi.gaussian_filter(bottom, sigma / factor), 1e-6)
    return ndi.zoom(grid, (image.shape[0] / grid.shape[0], image.shape[1] / grid.shape[1]), order=1, grid_mode=True, mode="nearest")


def nearby_strength(feature):
    height, width = feature.shape
    even = feature
    if height % 2 or width % 2:
        even = np.pad(feature, ((0, height % 2), (0, width % 2)), mode="edge")
    rows = np.maximum(even[::2], even[1::2])
    blocks = np.maximum(rows[:, ::2], rows[:, 1::2])
    near = ndi.gaussian_filter(ndi.maximum_filter(blocks, 3), SIGMA / 2)
    return np.repeat(np.repeat(near, 2, 0), 2, 1)[:height, :width]


def measure_background(image):
    level = np.mean(sample(image))
    centred = image - level
    mean = ndi.gaussian_filter(centred, SIGMA)
    square = ndi.gaussian_filter(centred * centred, SIGMA)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    floor = FLOOR * level
    mode, spread = background_mode(np.log(sample(deviation) + floor))
    weights = (deviation <= np.exp(mode + 2 * spread) - floor).astype(np.float32)
    light = wide_mean(image, weights, max(32, max(image.shape) / 8))
    feature = np.log(deviation / light + np.float32(FLOOR))
    ordered = sample(feature)
    mode, spread = background_mode(ordered)
    feature -= np.float32(mode)
    ordered = ordered - mode
    nearby = nearby_strength(feature)
    thresholds = (threshold_otsu(ordered), threshold_li(ordered - ordered[0]) + ordered[0], threshold_triangle(ordered))
    noise = 1.4826 * np.median(np.abs(sample(image / light - 1)))
    return feature, nearby, spread, thresholds, noise


def make_mask(feature, nearby, spread, thresholds):
    level = SENSITIVITY * spread
    mask = (feature > level) & (feature > np.float32(BORDER_SHARE) * nearby)
    mask = erode(dilate(mask, CLOSING), CLOSING)
    holes, count = ndi.label(~mask)
    areas = np.bincount(holes.ravel(), minlength=count + 1)
    areas[np.concatenate((holes[0], holes[-1], holes[:, 0], holes[:, -1]))] = HOLE + 1
    areas[0] = 0
    mask = (areas <= HOLE)[holes]
    mask = dilate(erode(erode(mask, EROSION), OPENING), OPENING)
    labels, count = ndi.label(mask, EIGHT)
    keep = np.bincount(labels.ravel(), minlength=count + 1) >= SMALLEST
    keep[0] = False
    mask = keep[labels]
    trimap = np.where(erode(mask, BAND), 1, np.where(dilate(mask, BAND), 255, 0)).astype(np.uint8)
    coverage = mask.mean()
    objects = ndi.label(mask, EIGHT)[1]
    levels = (level, thresholds[0], thresholds[1])
    agreement = np.count_nonzero(feature > max(levels)) / max(1, np.count_nonzero(feature > min(levels)))
    some, inside = feature.ravel()[::37], mask.ravel()[::37]
    contrast = (np.median(some[inside]) - np.median(some[~inside])) / spread if inside.any() else 0
    return mask, trimap, (coverage, objects, agreement, contrast)


def segment(image):
    feature, nearby, spread, thresholds, _ = measure_background(image)
    return make_mask(feature, nearby, spread, thresholds)


def main():
    job = json.loads(sys.stdin.readline())
    images = [np.fromfile(p["file"], np.float32).reshape(p["height"], p["width"]) for p in job["pictures"]]
    print(json.dumps({"scipy": scipy.__version__, "scikit-image": skimage.__version__}), flush=True)
    for line in sys.stdin:
        if line.strip() == "end":
            break
        if line.strip() == "masks":
            for picture, image in zip(job["pictures"], images):
                segment(image)[0].astype(np.uint8).tofile(picture["file"] + ".mask")
            print("{}", flush=True)
            continue
        start, cpu = time.perf_counter(), time.process_time()
        for image in images:
            segment(image)
        print(json.dumps({"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - cpu}), flush=True)


main()
