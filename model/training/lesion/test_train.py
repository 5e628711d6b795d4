"""python -m unittest test_train: labels of the sets, batches, losses, and interrupted and continued training, on synthetic images."""

import dataclasses
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image

import augment
import batches
import bundle as bundles
import clinics
import data
import export
import graphs
import losses
import network
import pictures
import portable
import recipe as recipes
import sets
import synthetic_dataset
import train
import warm_start

SIDE = 64


def discs(count: int, side: int = pictures.SIDE) -> tuple[np.ndarray, np.ndarray]:
    """Discs on skin and their masks; they differ in brightness, as the classes do."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:side, 0:side] / side - 0.5
    masks, images = [], []
    for number in range(count):
        inside = np.hypot(x - rng.uniform(-0.1, 0.1), y) < rng.uniform(0.2, 0.35)
        images.append(np.where(inside[..., None], 20 + 25 * (number % 7), np.array([220, 170, 150])).astype(np.uint8))
        masks.append(np.where(inside, 255, 0).astype(np.uint8))
    return np.stack(images), np.stack(masks)


def _stock(count: int = 24) -> tuple[batches.Stock, dict[str, batches.Rows]]:
    """Images of all three sets."""
    images, masks = discs(count)
    made = pictures.Pictures(
        soft=images,
        sharp=images[:4],
        sharp_at=np.array([0, 1, 2, 3, *[-1] * (count - 4)]),
        masks=masks,
        patches=np.full((4, pictures.SIDE, pictures.SIDE, 3), 200, np.uint8),
        patch_folds=np.zeros(4, int),
        drawn=np.full((3, pictures.SIDE, pictures.SIDE, 3), 90, np.uint8),
    )
    large, covers = discs(14, clinics.SIDE)
    others = {name: clinics.Pictures(large, covers[:, ::4, ::4].copy(), np.arange(14) > 0) for name in sets.NAMES[1:]}
    classes = np.eye(7, dtype=bool)
    several = np.tile(sets.allowing(data.MALIGNANT), (14, 1))
    rows = {
        "ham10000": _rows(classes[np.arange(count) % 7]),
        "milk10k": _rows(np.where(np.arange(14)[:, None] < 7, classes[np.arange(14) % 7], several)),
        "isic2017": _rows(np.where(np.arange(14)[:, None] < 7, sets.allowing([4]), sets.allowing([2, 5]))),
    }
    return batches.Stock.of(made, others, (0,), torch.device("cpu")), rows


def _rows(allowed: np.ndarray, **more) -> batches.Rows:
    names = np.array([str(number) for number in range(len(allowed))])
    return batches.Rows(np.arange(len(allowed)), allowed, names, np.log(np.full(7, 1 / 7)), **more)


RECIPE = recipes.Recipe(phases=((2, SIDE), (2, 96)), batch=8, negatives=2)


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
        stream = batches.Stream(rows, 1)
        together = stream(0, 21)
        self.assertEqual([sorted(together[first : first + 7]) for first in (0, 7, 14)], [list(range(7))] * 3)
        np.testing.assert_array_equal(batches.Stream(rows, 1)(10, 5), together[10:15])
        self.assertNotEqual(list(together[:7]), list(together[7:14]))

    def test_a_batch_is_divided_among_the_sets_that_are_trained_on(self):
        recipe = recipes.Recipe(batch=32)
        self.assertEqual(recipe.counts(list(sets.NAMES)), {"ham10000": 16, "milk10k": 11, "isic2017": 5})
        self.assertEqual(recipe.counts(["ham10000", "isic2017"]), {"ham10000": 24, "isic2017": 8})

    def test_a_batch_has_the_labels_and_frequencies_of_its_images(self):
        stock, rows = _stock()
        rows["milk10k"] = dataclasses.replace(rows["milk10k"], log_prior=np.log(np.arange(1, 8) / 28))
        recipe = dataclasses.replace(RECIPE, batch=10)
        batch = next(batches.batches(stock, rows, recipe, 0, torch.device("cpu")))
        counts = recipe.counts(list(rows))
        self.assertEqual(list(counts.values()), [5, 3, 2])
        self.assertEqual(batch.images.shape, (12, 3, SIDE, SIDE))
        np.testing.assert_allclose(batch.log_prior[5:8].exp(), np.tile(np.arange(1, 8) / 28, (3, 1)), rtol=1e-5)
        chosen = batches.Stream(rows["isic2017"], recipe.seed, 2)(0, 2)
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
        both = losses.class_loss(logits, allowed, torch.zeros(3, 7), taught, 0.0, 0.25)
        self.assertAlmostEqual(float(both), 0.75 * float(label) + 0.25 * float(wrong), places=5)

    def test_an_unusable_mask_does_not_count(self):
        logits = torch.randn(3, 1, 16, 16, generator=torch.Generator().manual_seed(1))
        masks = torch.zeros(3, 1, 16, 16)
        masks[0] = 1
        trust = torch.tensor([1.0, 0.0, 1.0])
        before = losses.mask_loss(logits, masks, trust, 2)
        masks[1] = 1
        self.assertEqual(float(before), float(losses.mask_loss(logits, masks, trust, 2)))
        self.assertNotEqual(float(before), float(losses.mask_loss(logits, masks, torch.ones(3), 2)))

    def test_a_mask_is_transformed_with_its_image(self):
        images, masks = discs(14)
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
        return losses.class_loss(logits, allowed, nobody if log_prior is None else log_prior, nobody, 0.0, 0.5)


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


if __name__ == "__main__":
    unittest.main()
