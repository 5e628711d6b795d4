"""python -m unittest test_lesion: everything from images to a bundle in miniature, on synthetic images."""

import dataclasses
import io
import json
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image

import augment
import background
import bundle as bundles
import calibration
import card
import clinic_figures
import clinics
import data
import explanation
import export
import graphs
import measures
import network
import pictures
import portable
import probabilities
import sets
import synthetic_dataset
import train
import tta
import warm_start

SIDE = 64


def _discs(count: int, side: int = pictures.SIDE) -> tuple[np.ndarray, np.ndarray]:
    """Discs on skin and their masks; they differ in brightness, as the classes do."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    masks, images = [], []
    for number in range(count):
        inside = np.hypot(x - rng.uniform(-0.1, 0.1), y) < rng.uniform(0.2, 0.35)
        images.append(np.where(inside[..., None], 20 + 25 * (number % 7), np.array([220, 170, 150])).astype(np.uint8))
        masks.append(np.where(inside, 255, 0).astype(np.uint8))
    return np.stack(images), np.stack(masks)


def _stock(count: int = 24) -> tuple[train.Stock, dict[str, train.Rows]]:
    """Images of all three sets."""
    images, masks = _discs(count)
    made = pictures.Pictures(
        soft=images,
        sharp=images[:4],
        sharp_at=np.array([0, 1, 2, 3, *[-1] * (count - 4)]),
        masks=masks,
        patches=np.full((4, pictures.SIDE, pictures.SIDE, 3), 200, np.uint8),
        patch_folds=np.zeros(4, int),
        drawn=np.full((3, pictures.SIDE, pictures.SIDE, 3), 90, np.uint8),
    )
    large, covers = _discs(14, clinics.SIDE)
    others = {name: clinics.Pictures(large, covers[:, ::4, ::4].copy(), np.arange(14) > 0) for name in sets.NAMES[1:]}
    classes = np.eye(7, dtype=bool)
    several = np.tile(sets.allowing(data.MALIGNANT), (14, 1))
    rows = {
        "ham10000": _rows(classes[np.arange(count) % 7]),
        "milk10k": _rows(np.where(np.arange(14)[:, None] < 7, classes[np.arange(14) % 7], several)),
        "isic2017": _rows(np.where(np.arange(14)[:, None] < 7, sets.allowing([4]), sets.allowing([2, 5]))),
    }
    return train.Stock.of(made, others, (0,), torch.device("cpu")), rows


def _rows(allowed: np.ndarray, **more) -> train.Rows:
    names = np.array([str(number) for number in range(len(allowed))])
    return train.Rows(np.arange(len(allowed)), allowed, names, np.log(np.full(7, 1 / 7)), **more)


RECIPE = train.Recipe(phases=((2, SIDE), (2, 96)), batch=8, negatives=2)


class Labels(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        synthetic_dataset.write(Path(folder.name) / "ham10000")
        cls.sets = {one.name: one for one in sets.load(Path(folder.name) / "ham10000")}

    def test_every_set_is_read_with_its_folds(self):
        self.assertEqual(tuple(self.sets), sets.NAMES)
        for one in self.sets.values():
            self.assertEqual(set(one.folds), {0, 1, 2, 3, 4})

    def test_a_squamous_cell_carcinoma_is_malignant_and_of_no_one_class(self):
        milk = self.sets["milk10k"]
        kinds = np.array([row["dx"] for row in milk.rows])
        self.assertTrue(milk.malignant[kinds == "SCCKA"].all())
        self.assertFalse(milk.malignant[kinds == "BEN_OTH"].any())
        self.assertFalse(milk.certain[np.isin(kinds, ["SCCKA", "BEN_OTH"])].any())
        self.assertTrue(milk.certain[~np.isin(kinds, ["SCCKA", "BEN_OTH"])].all())

    def test_isic_2017_says_melanoma_or_one_of_two_benign_classes(self):
        isic = self.sets["isic2017"]
        for row, allowed in zip(isic.rows, isic.allowed):
            names = [data.CLASSES[at] for at in np.nonzero(allowed)[0]]
            self.assertEqual(names, ["mel"] if row["melanoma"] == "1.0" else ["bkl", "nv"])

    def test_the_frequencies_of_a_set_are_its_own_and_count_every_lesion(self):
        for one in self.sets.values():
            shares = np.exp(sets.log_prior(one))
            self.assertAlmostEqual(float(shares.sum()), 1)
            self.assertAlmostEqual(float(shares[data.MALIGNANT].sum()), float(one.malignant.mean()), delta=0.02)
        shares = np.exp(sets.log_prior(self.sets["isic2017"]))
        self.assertAlmostEqual(shares[5] / shares[2], 1372 / 254, delta=0.5)


class Training(unittest.TestCase):
    def test_an_interrupted_run_ends_with_the_same_weights_as_an_uninterrupted_one(self):
        stock, rows = _stock()
        update, done = train._update, []

        def powered_off(*arguments):
            done.append(update(*arguments))
            if len(done) == 3:
                raise KeyboardInterrupt

        recipe = dataclasses.replace(RECIPE, parts=2)
        with tempfile.TemporaryDirectory() as folder:
            whole = train.train(stock, rows, recipe, Path(folder) / "whole.pt")
            with mock.patch.object(train, "_update", powered_off), self.assertRaises(KeyboardInterrupt):
                train.train(stock, rows, recipe, Path(folder) / "cut.pt", save_after=0)
            resumed = train.train(stock, rows, recipe, Path(folder) / "cut.pt")
        for name, value in whole.state_dict().items():
            self.assertTrue(torch.equal(value, resumed.state_dict()[name]), name)

    def test_a_signal_ends_a_run_after_a_step_that_is_saved(self):
        stock, rows = _stock()
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(train, "STOP", threading.Event()) as stop:
            stop.set()
            with self.assertRaises(SystemExit):
                train.train(stock, rows, RECIPE, Path(folder) / "cut.pt")
            self.assertEqual(torch.load(Path(folder) / "cut.pt", weights_only=True)["steps"], 1)

    def test_averaged_weights_without_the_optimiser_give_the_same_shipped_network(self):
        stock, rows = _stock()
        with tempfile.TemporaryDirectory() as folder:
            train.train(stock, rows, RECIPE, Path(folder) / "whole.pt")
            portable.write(Path(folder) / "whole.pt", Path(folder) / "portable.pt")
            self.assertLess((Path(folder) / "portable.pt").stat().st_size, 0.25 * (Path(folder) / "whole.pt").stat().st_size)
            images = np.stack(list(bundles.self_test_pictures(SIDE).values()))
            logits = [graphs.outputs_of(export.load([Path(folder) / name]), images)["logits"] for name in ("whole.pt", "portable.pt")]
        self.assertLess(np.abs(logits[0] - logits[1]).max(), 1e-3 * np.abs(logits[0]).max())

    def test_the_parts_of_a_batch_share_their_weights(self):
        model = network.Lesion()
        recipe = dataclasses.replace(RECIPE, parts=2)
        one, other = train._parts(model, recipe)
        train._seed([one, other], recipe, 0, torch.device("cpu"))
        self.assertTrue(all(mine is theirs for mine, theirs in zip(one.parameters(), other.parameters())))
        self.assertIsNot(one.stem.norm.running_mean, other.stem.norm.running_mean)
        self.assertNotEqual(*(torch.rand(1, generator=part.dropout.chance).item() for part in (one, other)))
        with self.assertRaises(ValueError):
            train._parts(model, dataclasses.replace(RECIPE, negatives=1, parts=2))

    def test_a_pass_contains_every_lesion_once(self):
        rows = dataclasses.replace(_rows(np.eye(7, dtype=bool)[:6]), groups=np.array(["a", "b", "a", "c", "b", "a"]))
        chosen = rows.one_per_lesion(np.random.default_rng(0))
        self.assertEqual(sorted(rows.groups[chosen]), ["a", "b", "c"])

    def test_a_stream_gives_the_same_lesions_wherever_it_begins(self):
        rows = _rows(np.eye(7, dtype=bool))
        stream = train.Stream(rows, 1)
        together = stream(0, 21)
        self.assertEqual([sorted(together[first : first + 7]) for first in (0, 7, 14)], [list(range(7))] * 3)
        np.testing.assert_array_equal(train.Stream(rows, 1)(10, 5), together[10:15])
        self.assertNotEqual(list(together[:7]), list(together[7:14]))

    def test_a_batch_is_divided_among_the_sets_that_are_trained_on(self):
        recipe = train.Recipe(batch=32)
        self.assertEqual(recipe.counts(list(sets.NAMES)), {"ham10000": 16, "milk10k": 11, "isic2017": 5})
        self.assertEqual(recipe.counts(["ham10000", "isic2017"]), {"ham10000": 24, "isic2017": 8})

    def test_a_batch_has_the_labels_and_frequencies_of_its_images(self):
        stock, rows = _stock()
        rows["milk10k"] = dataclasses.replace(rows["milk10k"], log_prior=np.log(np.arange(1, 8) / 28))
        recipe = dataclasses.replace(RECIPE, batch=10)
        batch = next(train._batches(stock, rows, recipe, 0, torch.device("cpu")))
        counts = recipe.counts(list(rows))
        self.assertEqual(list(counts.values()), [5, 3, 2])
        self.assertEqual(batch.images.shape, (12, 3, SIDE, SIDE))
        np.testing.assert_allclose(batch.log_prior[5:8].exp(), np.tile(np.arange(1, 8) / 28, (3, 1)), rtol=1e-5)
        chosen = train.Stream(rows["isic2017"], recipe.seed, 2)(0, 2)
        np.testing.assert_array_equal(batch.allowed[8:].bool(), rows["isic2017"].allowed[chosen])
        self.assertEqual(batch.trust[:5].tolist() + batch.trust[10:].tolist(), [1] * 7)
        self.assertTrue(set(batch.trust[5:10].tolist()) <= {0, recipe.trust})

    def test_a_label_of_several_classes_is_fulfilled_by_any_of_them(self):
        allowed = torch.from_numpy(np.stack([sets.allowing(data.MALIGNANT)] * 2)).float()
        logits = torch.zeros(2, 7)
        logits[0, 0], logits[1, 4] = 30, 30
        self.assertAlmostEqual(float(self._loss(logits, allowed)), 0, places=5)
        logits[0, 0], logits[0, 5] = 0, 30
        self.assertGreater(float(self._loss(logits, allowed)), 10)

    def test_the_loss_is_least_where_the_logits_are_free_of_the_frequencies(self):
        # Labels drawn with the frequencies of the set, from images that say nothing: no logit has to differ from the others.
        log_prior = torch.tensor([0.4, 0.3, 0.1, 0.05, 0.05, 0.05, 0.05]).log()
        logits = torch.zeros(1, 7, requires_grad=True)
        everyone = torch.eye(7)
        each = torch.stack([self._loss(logits, everyone[[one]], log_prior[None]) for one in range(7)])
        (gradient,) = torch.autograd.grad((each * log_prior.exp()).sum(), logits)
        self.assertLess(float(gradient.abs().max()), 1e-6)

    def test_teachers_have_their_share_of_the_loss(self):
        logits = torch.randn(3, 7, generator=torch.Generator().manual_seed(1))
        allowed, taught = torch.eye(7)[:3], torch.eye(7)[3:6]
        label, wrong = self._loss(logits, allowed), self._loss(logits, taught)
        both = train.class_loss(logits, allowed, torch.zeros(3, 7), taught, 0.0, 0.25)
        self.assertAlmostEqual(float(both), 0.75 * float(label) + 0.25 * float(wrong), places=5)

    def test_an_unusable_mask_does_not_count(self):
        logits = torch.randn(3, 1, 16, 16, generator=torch.Generator().manual_seed(1))
        masks = torch.zeros(3, 1, 16, 16)
        masks[0] = 1
        trust = torch.tensor([1.0, 0.0, 1.0])
        before = train.mask_loss(logits, masks, trust, 2)
        masks[1] = 1
        self.assertEqual(float(before), float(train.mask_loss(logits, masks, trust, 2)))
        self.assertNotEqual(float(before), float(train.mask_loss(logits, masks, torch.ones(3), 2)))

    def test_a_mask_is_transformed_with_its_image(self):
        images, masks = _discs(14)
        dark = [at for at in range(14) if at % 7 == 0]
        source = augment.Source(torch.from_numpy(images[dark]), torch.from_numpy(masks[dark]))
        self.assertLess(self._apart(source), 0.02)

    def test_a_squeezed_image_is_widened_and_its_mask_with_it(self):
        wide = np.full((120, 170, 3), 220, np.uint8)
        y, x = np.mgrid[0:120, 0:170]
        wide[np.hypot(x - 85, y - 60) < 40] = 20
        squeezed = np.asarray(Image.fromarray(wide).resize((256, 256), Image.BICUBIC))
        square = clinics.squares(squeezed[None], True, 170 / 120)[0]
        mask = np.where(square.mean(2) < 100, 255, 0).astype(np.uint8)
        self.assertAlmostEqual(np.ptp(np.nonzero(mask.any(0))[0]), np.ptp(np.nonzero(mask.any(1))[0]), delta=3)
        several = torch.from_numpy(np.stack([squeezed] * 8)), torch.from_numpy(np.stack([mask] * 8))
        self.assertLess(self._apart(augment.Source(*several, squeezed=True)), 0.02)
        self.assertGreater(self._apart(augment.Source(*several)), 0.02)

    def _apart(self, source: augment.Source) -> float:
        """Fraction of the area where an augmented mask is not the dark part of its image."""
        with mock.patch.object(augment, "spoil", lambda images, *_: images), mock.patch.object(augment, "light", lambda images, _: images):
            images, masks = augment.batch([source], SIDE, augment.Chance(1), torch.zeros(1))
        inside = torch.nn.functional.avg_pool2d(images.mean(1, keepdim=True), 4) < 100
        return float(((masks > 0.5) != inside).float().mean())

    def _loss(self, logits, allowed, log_prior=None):
        nobody = torch.zeros(len(allowed), 7)
        return train.class_loss(logits, allowed, nobody if log_prior is None else log_prior, nobody, 0.0, 0.5)


class WarmStart(unittest.TestCase):
    def test_the_networks_of_a_bundle_give_its_outputs_and_can_be_trained_further(self):
        images = np.stack(list(bundles.self_test_pictures(network.SIDE).values()))
        expected = bundles.onnx_graph(clinics.BUNDLE, graphs.OUTPUTS)(images)
        members = [warm_start.from_bundle(clinics.BUNDLE, encoder, images) for encoder in network.WIDTHS]
        found = graphs.outputs_of(network.Ensemble(members).eval(), images)
        for name in graphs.OUTPUTS:
            self.assertLess(np.abs(found[name] - expected[name]).max(), 1e-4 * np.abs(expected[name]).max(), name)
        # Its own statistics of the same images: in training, BatchNorm changes little.
        norm = members[0].stem.norm
        value = members[0].stem.conv(torch.nn.functional.pad((torch.from_numpy(images).permute(0, 3, 1, 2).float() - 127) / 128, (0, 1, 0, 1)))
        self.assertTrue(torch.allclose(norm.running_mean, value.mean((0, 2, 3)), atol=1e-3))


class Background(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        self.queue = self.work / "queue.txt"

    def test_runs_are_taken_in_order_and_a_run_waits_for_those_it_needs(self):
        self.queue.write_text("# first\n\nlast after one, two: script --a 'b c'\none: script\ntwo: script\n")
        taken = []
        background.lane(self.queue, self.work, lambda run, log: taken.append(run) or 0, lambda: False)
        self.assertEqual([run.name for run in taken], ["one", "two", "last"])
        self.assertEqual(taken[2].command, ("script", "--a", "b c"))

    def test_a_finished_run_is_not_repeated_and_one_that_fails_is_left_aside(self):
        self.queue.write_text("bad: script\ngood: script\n")
        taken = []
        for _ in range(2):
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or int(run.name == "bad"), lambda: False)
        self.assertEqual(taken, ["bad"] * background.TRIES + ["good"])

    def test_a_run_of_another_lane_is_left_to_it(self):
        self.queue.write_text("one: script\ntwo: script\n")
        taken = []
        with background.alone(self.work / "one.lock") as mine:
            self.assertTrue(mine)
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or 0, lambda: False)
        self.assertEqual(taken, ["two"])

    def test_a_lane_waits_for_what_another_one_makes_due(self):
        self.queue.write_text("one: script\ntwo after one: script\n")
        taken = []

        def finished() -> bool:
            (self.work / "one.done").touch()
            return True

        with background.alone(self.work / "one.lock"):
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or 0, finished)
        self.assertEqual(taken, ["two"])


class Augmentation(unittest.TestCase):
    def test_an_artefact_affects_its_share_of_a_batch_and_no_image_has_two_of_one_kind(self):
        blurred, coarse, sharpened = augment.Chance(2).some(64, 0.2, 0.05, 0.1)
        self.assertEqual([len(blurred), len(coarse), len(sharpened)], [13, 3, 6])
        self.assertEqual(len(torch.cat([blurred, coarse, sharpened]).unique()), 22)

    def test_the_same_seed_gives_the_same_batch(self):
        sources = [augment.Source(*map(torch.from_numpy, _discs(7)))]
        hairs = augment.drawn_hair(SIDE, np.random.default_rng(0))[:4]
        first, again, other = (augment.batch(sources, SIDE, augment.Chance(seed), hairs, 0.5)[0] for seed in (1, 1, 2))
        self.assertTrue(torch.equal(first, again))
        self.assertFalse(torch.equal(first, other))
        self.assertGreaterEqual(first.min(), 0)
        self.assertLessEqual(first.max(), 255)

    def test_an_image_gets_the_colour_of_another_ones_skin_and_keeps_its_structure(self):
        images = torch.from_numpy(_discs(2)[0]).permute(0, 3, 1, 2).float()
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

    def test_the_slopes_are_those_of_the_log_odds_of_malignancy(self):
        rng = np.random.default_rng(9)
        logits = rng.normal(0, 2, (50, 7))
        found = calibration.Calibration(0.8, list(rng.normal(0, 1, 7)), list(rng.normal(0, 1, 7)), 1.3, -0.4)

        def log_odds(values: np.ndarray) -> np.ndarray:
            malignancy = measures.malignancy_of(found.probabilities(values))
            return np.log(malignancy / (1 - malignancy))

        step = 1e-5
        moved = [(log_odds(logits + step * axis) - log_odds(logits)) / step for axis in np.eye(7)]
        np.testing.assert_allclose(np.stack(moved, 1), found.slopes(logits) * found.slope / found.temperature, atol=1e-3)

    def test_the_differential_does_not_change_the_malignancy(self):
        logits = np.random.default_rng(10).normal(0, 2, (50, 7))
        plain, ordered = (calibration.Calibration(1, [0.5] * 7, bias, 1, 0) for bias in ([0.5] * 7, [0, 1, 2, 3, 4, 5, 6]))
        malignancy = [measures.malignancy_of(one.probabilities(logits)) for one in (plain, ordered)]
        np.testing.assert_allclose(*malignancy)

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


class Probabilities(unittest.TestCase):
    def setUp(self):
        """Images of two sets with different frequencies, whose logits are distorted in the same way."""
        rng = np.random.default_rng(3)
        self.log_priors = np.log(np.array([[0.3, 0.3, 0.1, 0.05, 0.1, 0.1, 0.05], [0.03, 0.05, 0.1, 0.01, 0.1, 0.7, 0.01]]))
        self.set_of = np.repeat([0, 1], 4000)
        labels = np.array([rng.choice(7, p=np.exp(self.log_priors[one])) for one in self.set_of])
        evidence = rng.normal(0, 1, (8000, 7)) + 2 * np.eye(7)[labels]
        self.true = 2 * evidence
        self.logits = (self.true - np.linspace(-1, 1, 7)) / 1.7
        self.allowed = np.eye(7, dtype=bool)[labels]

    def test_one_calibration_serves_sets_of_different_frequencies(self):
        found = probabilities.fit(self.logits, self.allowed, self.log_priors[self.set_of])
        self.assertAlmostEqual(found.scale, 1.7, delta=0.08)
        np.testing.assert_allclose(found.bias, np.linspace(-1, 1, 7), atol=0.2)
        for one in (0, 1):
            mine = self.set_of == one
            shown = found.probabilities(self.logits[mine], self.log_priors[one])
            self.assertLess(probabilities.class_errors(shown, self.allowed[mine]).max(), 0.025)
            self.assertLess(probabilities.top_error(shown, self.allowed[mine]), 0.025)
            raw = measures.softmax(self.logits[mine])
            self.assertGreater(probabilities.class_errors(raw, self.allowed[mine]).max(), 0.05)

    def test_labels_of_several_classes_take_part(self):
        several = self.allowed.copy()
        several[::3, data.MALIGNANT] |= self.allowed[::3][:, data.MALIGNANT].any(1, keepdims=True)
        found = probabilities.fit(self.logits, several, self.log_priors[self.set_of])
        self.assertAlmostEqual(found.scale, 1.7, delta=0.1)

    def test_reweighting_to_another_prevalence_multiplies_the_odds_and_no_lesion_changes_sides(self):
        shown = measures.softmax(self.true[:500] + self.log_priors[0])
        share = probabilities.prevalence_of(self.log_priors[0])
        other = probabilities.reweighted(shown, share, 0.02)
        odds = [measures.malignancy_of(one) / (1 - measures.malignancy_of(one)) for one in (shown, other)]
        np.testing.assert_allclose(odds[1] / odds[0], (0.02 / 0.98) / (share / (1 - share)), rtol=1e-6)
        np.testing.assert_allclose(other.sum(1), 1)
        np.testing.assert_allclose(probabilities.reweighted(other, 0.02, share), shown)
        threshold = 0.4
        above = measures.malignancy_of(other) >= probabilities.moved(threshold, share, 0.02)
        np.testing.assert_array_equal(above, measures.malignancy_of(shown) >= threshold)

    def test_reweighted_probabilities_are_calibrated_where_the_prevalence_is_the_other(self):
        rng = np.random.default_rng(5)
        mine = self.set_of == 0
        malignant = self.allowed[mine][:, data.MALIGNANT].any(1)
        share = probabilities.prevalence_of(self.log_priors[0])
        kept = rng.random(mine.sum()) < np.where(malignant, (0.2 / 0.8) / (share / (1 - share)), 1)
        shown = measures.softmax(self.true[mine][kept] + self.log_priors[0])
        true = malignant[kept]
        found = probabilities.reweighted(shown, share, float(true.mean()))
        self.assertLess(probabilities.error(measures.malignancy_of(found), true), 0.03)
        self.assertGreater(probabilities.error(measures.malignancy_of(shown), true), 0.05)


class ClinicFigures(unittest.TestCase):
    def test_a_network_that_is_better_on_each_set_is_better_on_their_mean(self):
        with tempfile.TemporaryDirectory() as folder:
            synthetic_dataset.write(Path(folder) / "ham10000")
            labelled = sets.load(Path(folder) / "ham10000")
        rng = np.random.default_rng(1)
        noise = {one.name: rng.normal(0, 1, one.allowed.shape) for one in labelled}

        def answers(clear: float) -> dict[str, clinic_figures.Answers]:
            made = {one.name: clear * one.allowed / one.allowed.sum(1, keepdims=True) + noise[one.name] for one in labelled}
            fixed = {one.name: (np.ones(len(one.ids)), sets.log_prior(one), sets.log_prior(labelled[0])) for one in labelled}
            return {one.name: clinic_figures.Answers(one, made[one.name], *fixed[one.name]) for one in labelled}

        with mock.patch.object(clinic_figures, "REPLICAS", 60):
            found = clinic_figures.differences(answers(3), answers(1))
            rows = clinic_figures.report(answers(3))
        self.assertEqual(set(found), {*sets.NAMES, "mean of the sets"})
        for one in found.values():
            self.assertGreater(one["malignancy AUC"]["low"], 0)
        for name in ("SCC against benign AUC", "skin tone 0–2", "balanced accuracy, equal prevalence", "top-class calibration error"):
            self.assertIn(name, rows["milk10k"])
        self.assertNotIn("top-class calibration error", rows["isic2017"])


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
            "calibration": calibration.Calibration(1.0, [0.0] * 7, [0.0] * 7, 1.0, 0.0),
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
