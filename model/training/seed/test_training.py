"""python -m unittest test_training: that training can be resumed and exported, on synthetic data."""

import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import onnxruntime
import torch

import card
import data
import graphs
import network
import train


def _dataset(count: int = 60) -> data.Dataset:
    random = np.random.default_rng(3)
    pictures = random.integers(0, 256, (count, 28, 28, 3), dtype=np.uint8)
    labels = np.minimum(random.integers(0, 14, count), 6)
    names = np.array([str(i) for i in range(count)])
    return data.Dataset(pictures, labels, names, np.zeros(count), names, [{}] * count)


class Training(unittest.TestCase):
    def test_an_interrupted_run_ends_with_the_same_weights_as_an_uninterrupted_one(self):
        recipe = train.Recipe(epochs=2, batch=16)
        epoch = train._epoch
        with tempfile.TemporaryDirectory() as folder:
            whole = train.train(_dataset(), recipe, Path(folder) / "whole.pt")

            def powered_off(*arguments):
                if arguments[-1] == 1:
                    raise KeyboardInterrupt
                return epoch(*arguments)

            with mock.patch.object(train, "_epoch", powered_off), self.assertRaises(KeyboardInterrupt):
                train.train(_dataset(), recipe, Path(folder) / "cut.pt")
            resumed = train.train(_dataset(), recipe, Path(folder) / "cut.pt")
        for name, value in whole.state_dict().items():
            self.assertTrue(torch.equal(value, resumed.state_dict()[name]), name)

    def test_every_class_is_as_frequent_as_the_most_frequent_one(self):
        labels = torch.from_numpy(_dataset().labels)
        drawn = labels[train.balanced(labels)].bincount()
        self.assertEqual(drawn.tolist(), [labels.bincount().max().item()] * 7)


class Export(unittest.TestCase):
    def test_folding_batch_norm_does_not_change_the_logits(self):
        torch.manual_seed(1)
        model = network.SeedCnn()
        for layer in model.layers:
            if isinstance(layer, (torch.nn.Conv2d, torch.nn.Linear)):
                torch.nn.init.kaiming_normal_(layer.weight)
            if isinstance(layer, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
                torch.nn.init.uniform_(layer.weight, 0.5, 2)
                torch.nn.init.normal_(layer.bias)
                layer.running_mean.normal_()
                layer.running_var.uniform_(0.5, 2)
        pictures = _dataset().pictures
        expected = network.logits_of(model.eval(), pictures).numpy()
        with tempfile.TemporaryDirectory() as folder:
            graphs.save_onnx(graphs.fold(model), Path(folder) / "model.onnx")
            session = onnxruntime.InferenceSession(Path(folder) / "model.onnx")
        (logits,) = session.run(["logits"], {"image": pictures})
        spread = expected.std(0).min()
        self.assertLess(np.abs(logits - expected).max(), spread * 1e-3)


class Card(unittest.TestCase):
    def test_the_threshold_date_is_that_of_the_model_unless_set_later(self):
        created = "2026-01-01T00:00:00Z"
        for later in ({}, {"thresholds_set": "2026-02-02T00:00:00Z"}):
            with tempfile.TemporaryDirectory() as folder:
                card.write(Path(folder), created=created, temperature=1.0, points=[], measured=[], **later)
                written = json.loads((Path(folder) / "card.json").read_text())
            self.assertEqual(written["thresholdsSet"], later.get("thresholds_set", created))
            self.assertIn("vignette", " ".join(written["confounders"]))


if __name__ == "__main__":
    unittest.main()
