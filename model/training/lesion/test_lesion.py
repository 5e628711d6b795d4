"""python -m unittest test_lesion: everything from images to a bundle in miniature, on synthetic images."""

import io
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import augment
import bundle as bundles
import calibration
import card
import explanation
import export
import graphs
import measures
import network
import probabilities
import tta
from test_train import discs

SIDE = 64


class Augmentation(unittest.TestCase):
    def test_an_artefact_affects_its_share_of_a_batch_and_no_image_has_two_of_one_kind(self):
        blurred, coarse, sharpened = augment.Chance(2).some(64, 0.2, 0.05, 0.1)
        self.assertEqual([len(blurred), len(coarse), len(sharpened)], [13, 3, 6])
        self.assertEqual(len(torch.cat([blurred, coarse, sharpened]).unique()), 22)

    def test_the_same_seed_gives_the_same_batch(self):
        sources = [augment.Source(*map(torch.from_numpy, discs(7)))]
        hairs = augment.drawn_hair(SIDE, np.random.default_rng(0))[:4]
        first, again, other = (augment.batch(sources, SIDE, augment.Chance(seed), hairs, 0.5)[0] for seed in (1, 1, 2))
        self.assertTrue(torch.equal(first, again))
        self.assertFalse(torch.equal(first, other))
        self.assertGreaterEqual(first.min(), 0)
        self.assertLessEqual(first.max(), 255)

    def test_an_image_gets_the_colour_of_another_ones_skin_and_keeps_its_structure(self):
        images = torch.from_numpy(discs(2)[0]).permute(0, 3, 1, 2).float()
        dark = images[:1] * torch.tensor([0.8, 0.7, 0.6]).view(1, 3, 1, 1)
        self.assertTrue(torch.allclose(augment.reskinned(images[:1], dark), dark, atol=1))

    def test_jpeg_compression_matches_a_jpeg_library(self):
        rng = np.random.default_rng(4)
        coarse = Image.fromarray(rng.integers(60, 200, (8, 8, 3)).astype(np.uint8)).resize((SIDE, SIDE), Image.BICUBIC)
        picture = np.clip(np.asarray(coarse) + rng.normal(0, 6, (SIDE, SIDE, 3)), 0, 255).astype(np.uint8)
        image = torch.from_numpy(picture).permute(2, 0, 1)[None].float()
        for quality in (40, 60, 80):
            file = io.BytesIO()
            Image.fromarray(picture).save(file, "JPEG", quality=quality)
            theirs = np.asarray(Image.open(file)).astype(float)
            ours = augment.jpeg(image, torch.tensor([float(quality)]))[0].permute(1, 2, 0).numpy()
            lost = np.abs(theirs - picture).mean()
            self.assertLess(np.abs(ours - theirs).mean(), 0.35 * lost, quality)

    def test_blur_is_gaussian_with_the_sigma_of_each_image(self):
        point = torch.zeros(2, 3, 33, 33)
        point[:, :, 16, 16] = 1
        spread = augment.blur(point, torch.tensor([1.0, 2.0]))
        line = torch.arange(33.0) - 16
        for image, sigma in zip(spread, (1.0, 2.0)):
            self.assertAlmostEqual(float(image[0].sum()), 1, places=5)
            self.assertAlmostEqual(float((image[0].sum(0) * line**2).sum()), sigma**2, delta=0.05)


class Pooling(unittest.TestCase):
    def test_the_lesion_outweighs_the_skin_and_an_empty_mask_is_harmless(self):
        logits = torch.full((3, 1, 16, 16), -20.0)
        logits[0, :, :8, :8] = 20
        logits[2] = 20
        weights = network.weights(logits)
        self.assertTrue(torch.allclose(weights.mean((2, 3)), torch.ones(3, 1)))
        ratio = float(weights[0, 0, 0, 0] / weights[0, 0, 15, 15])
        self.assertAlmostEqual(ratio, (1 + network.FLOOR) / network.FLOOR, delta=1e-3)
        for whole in (1, 2):
            self.assertTrue(torch.allclose(weights[whole], torch.ones(1, 16, 16)))


class Export(unittest.TestCase):
    def test_both_graphs_match_the_network_and_the_map_adds_up_to_the_logits(self):
        torch.manual_seed(1)
        members = [network.Lesion("lite1"), network.Lesion("lite2")]
        for module in network.Ensemble(members).modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_(0, 0.2)
                module.running_var.uniform_(0.5, 2)
                torch.nn.init.uniform_(module.weight, 0.5, 1.5)
        images = np.stack(list(bundles.self_test_pictures(SIDE).values()))
        trained = graphs.outputs_of(network.Ensemble(members).eval(), images)["logits"]
        model = network.Ensemble([network.as_shipped(one) for one in members]).eval()
        with tempfile.TemporaryDirectory() as folder:
            export.export(model, SIDE, Path(folder) / "bundle")
            expected = graphs.outputs_of(model, images)
            for graph in (bundles.onnx_graph, bundles.tensorflow_graph):
                found = graph(Path(folder) / "bundle", graphs.OUTPUTS)(images)
                for name in graphs.OUTPUTS:
                    spread = np.abs(expected[name]).max()
                    self.assertLess(np.abs(found[name] - expected[name]).max(), 1e-4 * spread, name)
        added = expected["map"].mean((1, 2)) + np.mean([one.classes.bias.detach().numpy() for one in members], 0)
        self.assertLess(np.abs(added - expected["logits"]).max(), 1e-4)
        self.assertLess(np.abs(measures.softmax(expected["logits"]) - measures.softmax(trained)).max(), 2e-3)


class Views(unittest.TestCase):
    def test_maps_are_restored_to_the_original_orientation(self):
        images = np.random.default_rng(5).integers(0, 256, (2, 8, 8, 3)).astype(np.uint8)
        for count in (1, 2, 4, 8):
            answer = tta.averaged(lambda placed: {"mask": placed[..., 0].astype(float), "logits": placed.mean((1, 2))}, images, count)
            np.testing.assert_allclose(answer["mask"], images[..., 0])

    def test_the_eight_orientations_are_distinct(self):
        image = np.arange(9).reshape(1, 3, 3)
        self.assertEqual(len({place(image).tobytes() for place, _ in tta._POSITIONS}), 8)


class Calibration(unittest.TestCase):
    def test_the_classes_add_up_and_their_malignant_sum_is_the_calibrated_malignancy(self):
        rng = np.random.default_rng(6)
        logits, labels = rng.normal(0, 2, (500, 7)), rng.integers(0, 7, 500)
        found = calibration.fit(logits, labels, np.log(np.full(7, 1 / 7)))
        shown = found.probabilities(logits)
        np.testing.assert_allclose(shown.sum(1), 1)
        self.assertAlmostEqual(float(shown[:, [0, 1, 4]].sum(1).mean()), 3 / 7, delta=0.06)

    def test_the_fields_of_the_card_hold_the_probabilities(self):
        rng = np.random.default_rng(6)
        labels = rng.integers(0, 7, 2000)
        logits, log_prior = rng.normal(0, 1, (2000, 7)) + 2 * np.eye(7)[labels], np.log(np.arange(1, 8) / 28)
        direct = probabilities.fit(logits, np.eye(7, dtype=bool)[labels], np.tile(log_prior, (2000, 1)))
        shown = calibration.fit(logits, labels, log_prior).probabilities(logits)
        np.testing.assert_allclose(shown, direct.probabilities(logits, log_prior), atol=1e-3)

    def test_the_spread_of_repeats_is_the_median_over_lesions_with_two_images(self):
        odds = np.array([0.0, 0.2, 5.0, 1.0, 1.6, 2.0, 2.4, 9.0])
        groups = np.array(["a", "a", "a", "b", "b", "c", "c", "d"])
        half, lesions = calibration.spread_of_repeats(groups, 1 / (1 + np.exp(-odds)))
        self.assertEqual(lesions, 3)
        self.assertAlmostEqual(half, 0.4)

    def test_the_bounds_around_a_threshold_are_its_odds_times_one_factor(self):
        [point] = calibration.with_bounds([{"threshold": 0.2}], float(np.log(2)), 3)
        self.assertEqual((point["atThreshold"]["low"], point["atThreshold"]["high"]), (round(1 / 9, 4), round(1 / 3, 4)))

    def test_the_slopes_are_those_of_the_log_odds_of_malignancy(self):
        rng = np.random.default_rng(9)
        logits = rng.normal(0, 2, (50, 7))
        found = calibration.Calibration(0.8, list(rng.normal(0, 1, 7)))

        def log_odds(values: np.ndarray) -> np.ndarray:
            malignancy = measures.malignancy_of(found.probabilities(values))
            return np.log(malignancy / (1 - malignancy))

        step = 1e-5
        moved = [(log_odds(logits + step * axis) - log_odds(logits)) / step for axis in np.eye(7)]
        np.testing.assert_allclose(np.stack(moved, 1), found.slopes(logits) / found.temperature, atol=1e-3)

    def test_out_of_distribution_features_are_distant(self):
        rng = np.random.default_rng(7)
        basis = rng.normal(0, 1, (5, 40))
        near = rng.normal(0, 1, (400, 5)) @ basis + rng.normal(0, 0.1, (400, 40))
        like = calibration.likeness(near[:300], components=5)
        far = near[300:] + rng.normal(0, 1, (100, 40))
        self.assertGreater(np.quantile(like.distance(far), 0.05), np.quantile(like.distance(near[300:]), 0.95))

    def test_prediction_sets_have_the_nominal_coverage(self):
        rng = np.random.default_rng(8)
        # Mostly benign and uncertain, so that some sets are too large.
        shown = rng.dirichlet([0.05, 0.05, 2, 2, 0.05, 2, 2], 4000)
        labels = (rng.random((4000, 1)) > shown.cumsum(1)).sum(1).clip(0, 6)
        limits = calibration.conformal(shown[:2000], labels[:2000])
        held = shown[np.arange(2000, 4000), labels[2000:]] >= limits["minProbability"]
        self.assertAlmostEqual(held.mean(), calibration.COVERAGE, delta=0.02)
        withheld = [calibration.unsure(shown[:2000], {**limits, "maxSize": limits["maxSize"] - less}).mean() for less in (0, 1)]
        self.assertLessEqual(withheld[0], calibration.UNSURE)
        self.assertGreater(withheld[1], calibration.UNSURE)


class Explanation(unittest.TestCase):
    def test_the_maximum_and_the_fraction_inside_the_mask(self):
        maps = np.zeros((1, 4, 4))
        maps[0, 1, 1], maps[0, 3, 3] = 3, 1
        mask = np.zeros((1, 4, 4), bool)
        mask[0, 1, 1] = True
        self.assertEqual(explanation.highest_inside(maps, mask)[0], 1)
        self.assertEqual(explanation.part_inside(maps, mask)[0], 0.75)


class Card(unittest.TestCase):
    def test_the_threshold_date_is_that_of_the_model_unless_set_later(self):
        like = calibration.Likeness(mean=np.zeros(3), eigenvalues=np.ones(2), residual_variance=1.0, components=np.zeros((2, 3)))
        given = {
            "trained_on": ["ham10000", "isic2017"],
            "created": "2026-01-01T00:00:00Z",
            "side": SIDE,
            "views": 4,
            "calibration": calibration.Calibration(1.0, [0.0] * 7),
            "reference": {"on": "synthetic lesions", "classShares": [1 / 7] * 7},
            "refusal": calibration.Refusal(like, calibration.Limits(evidence=0.5, share=0.1, distance=9.0), {}),
            **{"points": [], "measured": [], "reliability": {"malignancy": []}, "drift": {}},
        }
        for later in ({}, {"thresholds_set": "2026-02-02T00:00:00Z"}):
            with tempfile.TemporaryDirectory() as folder:
                card.write(Path(folder), **given, **later)
                written = json.loads((Path(folder) / "card.json").read_text())
            self.assertEqual(written["thresholdsSet"], later.get("thresholds_set", given["created"]))
            self.assertIn("vignette", " ".join(written["confounders"]))
            self.assertIn("HAM10000, ISIC 2017:", written["trainedOn"])
            self.assertNotIn("MILK10k", written["licence"])


if __name__ == "__main__":
    unittest.main()
