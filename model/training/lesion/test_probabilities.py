"""python -m unittest test_probabilities: calibrated probabilities, their re-weighting, and the figures of each set."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

import clinic_figures
import data
import measures
import probabilities
import sets
import synthetic_dataset


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
    def test_a_sample_without_one_of_both_kinds_has_no_figure(self):
        for malignant in (np.zeros(4, bool), np.ones(4, bool)):
            self.assertTrue(np.isnan(clinic_figures.specificity_at(np.arange(4) / 4, malignant)))
        self.assertTrue(np.isnan(probabilities.error(np.zeros(0), np.zeros(0))))

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


if __name__ == "__main__":
    unittest.main()
