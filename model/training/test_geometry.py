"""python -m unittest test_geometry: the Python half of the guarantee that both languages prepare an image identically."""

import hashlib
import io
import json
import unittest
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image

import geometry

GOLDEN = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "geometry"


class Golden(unittest.TestCase):
    def test_every_golden_image_has_the_expected_pixels(self):
        expected = json.loads((GOLDEN / "expected.json").read_text())
        self.assertEqual(expected["preprocessing"], geometry.VERSION)
        for case in expected["cases"]:
            with self.subTest(case):
                pixels = geometry.prepare(geometry.decode(GOLDEN / case["file"]), case["areaSide"], case["size"])
                self.assertEqual(hashlib.sha256(pixels.tobytes()).hexdigest(), case["sha256"])

    def test_area_reduction_is_the_exact_box_average(self):
        """Compared with rational arithmetic, which cannot have the same rounding errors."""
        side, size = 37, 28
        square = np.random.default_rng(5).integers(0, 256, (side, side, 3), dtype=np.uint8)
        pixels = geometry.prepare(square, size, size)
        for row, column in [(0, 0), (3, 21), (27, 27), (13, 14)]:
            mean = sum(
                (_overlap(row, y, side, size) * _overlap(column, x, side, size) * int(square[y, x, 1]))
                for y in range(side)
                for x in range(side)
            ) / Fraction(side, size) ** 2
            self.assertEqual(pixels[row, column, 1], int(mean + Fraction(1, 2)))

    def test_bicubic_preserves_a_ramp_and_a_uniform_image(self):
        flat = np.full((20, 20, 3), 77, np.uint8)
        self.assertTrue((geometry.prepare(flat, 28, 28) == 77).all())
        ramp = np.repeat(np.arange(0, 200, 10, dtype=np.uint8)[None, :, None], 20, 0).repeat(3, 2)
        inside = geometry.prepare(ramp, 28, 40)[20, 4:-4, 0].astype(int)
        # A cubic through a straight line is that line: source position times a slope of ten.
        line = (np.arange(4, 36) + 0.5) / 2 - 0.5
        np.testing.assert_array_equal(inside, np.floor(line * 10 + 0.5))

    def test_the_square_is_the_centre_rounded_towards_the_top_left(self):
        picture = np.zeros((4, 7, 3), np.uint8)
        picture[:, 1] = 9
        self.assertEqual(geometry.centre_square(picture)[0, 0, 0], 9)


class Decoding(unittest.TestCase):
    def test_alpha_is_flattened_on_white_and_orientation_is_applied(self):
        clear = Image.new("RGBA", (3, 2), (10, 20, 30, 0))
        self.assertTrue((geometry.decode(_file(clear, "PNG")) == 255).all())
        turned = Image.new("RGB", (3, 2))
        exif = Image.Exif()
        exif[0x0112] = 6
        self.assertEqual(geometry.decode(_file(turned, "JPEG", exif=exif)).shape, (3, 2, 3))


def _overlap(i: int, j: int, side: int, size: int) -> Fraction:
    ratio = Fraction(side, size)
    return max(Fraction(0), min((i + 1) * ratio, Fraction(j + 1)) - max(i * ratio, Fraction(j)))


def _file(picture: Image.Image, kind: str, **options) -> io.BytesIO:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    file.seek(0)
    return file


if __name__ == "__main__":
    unittest.main()
