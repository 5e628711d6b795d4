"""python -m unittest test_measures: the measures behind the figures of a card, on synthetic data."""

import unittest

import numpy as np

import figures
import measures


class Measures(unittest.TestCase):
    def test_the_auc_is_the_fraction_of_correctly_ordered_pairs(self):
        random = np.random.default_rng(2)
        probabilities = random.dirichlet(np.ones(7), 80).round(1)
        labels = random.integers(0, 7, 80)
        scores, malignant = measures.malignancy_of(probabilities), measures.is_malignant(labels)
        pairs = scores[malignant][:, None] - scores[~malignant][None]
        share = ((pairs > 0) + 0.5 * (pairs == 0)).mean()
        self.assertAlmostEqual(measures.malignancy_auc(probabilities, labels), share)

    def test_the_threshold_is_the_largest_that_meets_the_bound(self):
        random = np.random.default_rng(4)
        labels = random.choice([4, 5], 300)
        malignancy = np.clip(random.normal(np.where(labels == 4, 0.6, 0.3), 0.15), 0.01, 0.99)
        probabilities = np.zeros((300, 7))
        probabilities[:, 4], probabilities[:, 5] = malignancy, 1 - malignancy
        bootstrap = measures.Bootstrap(np.arange(300).astype(str))
        threshold = bootstrap.threshold(0.9, probabilities, labels)

        def bound(at: float) -> float:
            reached = [
                np.average(malignancy[labels == 4] >= at, weights=counts[labels == 4]) for counts in bootstrap._counts[:, bootstrap._group_of]
            ]
            return float(np.percentile(reached, 5))

        following = np.sort(malignancy[(labels == 4) & (malignancy > threshold + 1e-4)])[0]
        self.assertGreaterEqual(bound(threshold), 0.9)
        self.assertLess(bound(following), 0.9)

    def test_the_interval_of_a_paired_difference_is_narrower_than_that_of_a_single_figure(self):
        random = np.random.default_rng(5)
        labels = random.choice([4, 5], 400)
        malignancy = np.clip(random.normal(np.where(labels == 4, 0.6, 0.4), 0.2), 0.01, 0.99)
        ours, theirs = np.zeros((400, 7)), np.zeros((400, 7))
        for one, score in ((ours, malignancy), (theirs, np.clip(malignancy + random.normal(0, 0.02, 400), 0.01, 0.99))):
            one[:, 4], one[:, 5] = score, 1 - score
        bootstrap = measures.Bootstrap(np.arange(400).astype(str))
        low, high = bootstrap.difference(measures.malignancy_auc, ours, theirs, labels)
        alone = bootstrap.interval(measures.malignancy_auc, ours, labels)
        self.assertLess(high - low, (alone["high"] - alone["low"]) / 2)
        found = measures.malignancy_auc(ours, labels) - measures.malignancy_auc(theirs, labels)
        self.assertTrue(low <= found <= high)

    def test_reliability_counts_each_malignant_lesion_once_in_order_of_malignancy(self):
        random = np.random.default_rng(8)
        malignancy = random.random(260)
        labels = np.where(random.random(260) < malignancy, 4, 5)
        probabilities = np.zeros((260, 7))
        probabilities[:, 4], probabilities[:, 5] = malignancy, 1 - malignancy
        groups = np.arange(260).astype(str)
        found = figures.reliability(groups, probabilities, labels, "made up")
        order = np.argsort(malignancy, kind="stable")
        malignant = lambda start, end: int((labels[order[start:end]] == 4).sum())
        self.assertEqual(found["lesions"], [30, 70, 100, 100, 100, 100, 100, 100, 100, 50, 30])
        self.assertEqual(found["malignant"][:2], [malignant(0, 30), malignant(0, 70)])
        self.assertEqual(found["malignant"][-3:], [malignant(160, 260), malignant(210, 260), malignant(230, 260)])
        self.assertEqual(found["malignancy"], sorted(found["malignancy"]))
        self.assertAlmostEqual(found["malignancy"][-1], float(np.median(malignancy[order[230:]])), places=4)
        # A second image of each lesion, with any score, changes nothing.
        twice = figures.reliability(np.tile(groups, 2), np.vstack([probabilities, 1 - probabilities]), np.tile(labels, 2), "made up")
        self.assertEqual(twice, found)

    def test_an_applied_temperature_is_recovered(self):
        random = np.random.default_rng(6)
        logits = random.normal(0, 1.5, (20000, 7))
        cumulative = measures.softmax(logits).cumsum(1)
        labels = (random.random((20000, 1)) > cumulative).sum(1).clip(0, 6)
        self.assertAlmostEqual(measures.temperature_of(logits * 2.5, labels), 2.5, delta=0.1)


if __name__ == "__main__":
    unittest.main()
